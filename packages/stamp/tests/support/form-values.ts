import { run } from '../../../pades/tests/support/tools.ts';

/** Names and values of the form's fields, without signatures. */
export function formValues(path: string): [name: string, value: unknown][] {
  const { acroform } = JSON.parse(run('qpdf', ['--json', '--json-key=acroform', path]).output) as {
    acroform: { fields: { fullname: string; fieldtype: string; value: unknown }[] };
  };
  return acroform.fields.filter(({ fieldtype }) => fieldtype !== '/Sig').map(({ fullname, value }) => [fullname, value]);
}
