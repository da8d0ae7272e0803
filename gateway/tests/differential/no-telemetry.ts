/**
 * Imported before `@apollo/gateway`: it reports usage to its maker, and asks the cloud where it runs, unless told not
 * to while it loads. Nothing that runs outside of tests and benches loads it.
 */
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
process.env['METADATA_SERVER_DETECTION'] = 'none';
