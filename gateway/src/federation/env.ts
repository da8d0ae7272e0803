/**
 * Imported before anything of Apollo's: its gateway package reports usage to its maker, and asks the cloud where it
 * runs, unless told not to while it loads.
 */
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
process.env['METADATA_SERVER_DETECTION'] = 'none';
