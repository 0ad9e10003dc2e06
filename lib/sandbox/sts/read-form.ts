import { AwsError } from '../aws-error';

/** Reads the fields of a form body. A field that is sent twice is refused. */
export function readForm(body: Buffer): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    if (fields.has(name)) {
      throw new AwsError(400, 'MalformedInput', `the parameter ${name} was sent more than once`);
    }
    fields.set(name, value);
  }
  return fields;
}
