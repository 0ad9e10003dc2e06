import { CONDITION_KEYS, conditionKey, isMultivalued, spelledKey } from '../catalog/condition-keys';
import type { RequestContext } from '../iam/match/access-request';
import { arnParts } from '../iam/policy/arn-parts';
import { pointOf } from '../iam/policy/scale';
import { didYouMean } from '../spelling/did-you-mean';
import { type Flag, UsageError } from './terminal/command';

/** Flag for values that only the organization knows. */
export const CONTEXT_FLAG: Flag = {
  name: 'context',
  value: 'KEY=VALUE',
  summary: 'the value of a condition key that only the organization knows, such as aws:PrincipalOrgID (repeatable)',
};

/** Keys whose values follow from the environment file, the templates and the calls. */
const DECIDED =
  /^(?:bedrock:|aws:(?:PrincipalAccount|PrincipalArn|PrincipalType|PrincipalIsAWSService|PrincipalServiceName(?:sList)?|RequestedRegion|ResourceAccount|SecureTransport|ViaAWSService|CalledVia(?:First|Last)?|TagKeys|UserName|AssumedRoot|RequestTag\/.*|ResourceTag\/.*)$)/i;

const ORGANIZATION = { form: /^o-[a-z0-9]{4,32}$/, example: 'o-a1b2c3d4e5' };
const ACCOUNT = { form: /^\d{12}$/, example: '111122223333' };
const PATHS = { form: /^o-[a-z0-9]+\/r-[a-z0-9]+\//, example: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/' };

/** The forms of values that have one. */
const FORMS: Readonly<Record<string, { readonly form: RegExp; readonly example: string }>> = {
  'aws:PrincipalOrgID': ORGANIZATION,
  'aws:ResourceOrgID': ORGANIZATION,
  'aws:SourceOrgID': ORGANIZATION,
  'aws:VpceOrgID': ORGANIZATION,
  'aws:PrincipalOrgPaths': PATHS,
  'aws:ResourceOrgPaths': PATHS,
  'aws:SourceOrgPaths': PATHS,
  'aws:VpceOrgPaths': PATHS,
  'aws:SourceAccount': ACCOUNT,
  'aws:VpceAccount': ACCOUNT,
  'aws:SourceVpc': { form: /^vpc-[0-9a-f]{8,17}$/, example: 'vpc-0a1b2c3d4e5f60718' },
  'aws:SourceVpce': { form: /^vpce-[0-9a-f]{8,17}$/, example: 'vpce-0a1b2c3d4e5f60718' },
};

/**
 * Reads the values of condition keys.
 *
 * @param compared the keys that the given policies compare, in lower case
 * @throws UsageError for a key or a value that no request can have
 */
export function readContext(texts: readonly string[], compared: ReadonlySet<string>): RequestContext {
  const context: Record<string, readonly string[]> = {};
  for (const text of texts) {
    const [, written = '', value = ''] = /^([^=\s]+)=(.+)$/s.exec(text) ?? [];
    if (written === '') {
      throw new UsageError(`--context takes KEY=VALUE, such as aws:PrincipalOrgID=o-a1b2c3d4e5; got '${text}'`);
    }
    const key = knownName(written, compared);
    if (DECIDED.test(key)) {
      throw new UsageError(`--context ${key}: the environment file and the call decide this key; leave it out`);
    }
    const before = context[key] ?? [];
    if (before.length > 0 && !isMultivalued(key)) {
      throw new UsageError(`--context ${key} is given twice, but a request has one value of it; remove one`);
    }
    context[key] = [...before, checkedValue(key, value)];
  }
  return context;
}

function knownName(written: string, compared: ReadonlySet<string>): string {
  const spelled = spelledKey(written);
  if (spelled !== undefined || compared.has(written.toLowerCase())) {
    return spelled ?? written;
  }
  const hint = didYouMean(written, [...CONDITION_KEYS, ...compared], '; no given policy compares it');
  throw new UsageError(`--context ${written}: this is no known condition key${hint}`);
}

function checkedValue(key: string, value: string): string {
  const must = (what: string): never => {
    throw new UsageError(`--context ${key} must be ${what}; got '${value}'`);
  };
  const form = FORMS[key];
  if (form !== undefined) {
    return form.form.test(value) ? value : must(`like ${form.example}`);
  }
  switch (conditionKey(key)?.type) {
    case 'Bool':
      return /^(?:true|false)$/i.test(value) ? value.toLowerCase() : must('true or false');
    case 'Date':
      return pointOf('Date', value) === undefined ? must("a time such as '2026-11-30T00:00:00Z'") : value;
    case 'IPAddress':
      return pointOf('IpAddress', value) === undefined ? must("one IP address such as '203.0.113.7'") : value;
    case 'Numeric':
      return pointOf('Numeric', value) === undefined ? must('a number') : value;
    case 'ARN':
      return arnParts(value) === undefined ? must('an ARN') : value;
    default:
      return value;
  }
}
