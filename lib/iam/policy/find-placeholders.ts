import { quote } from './quote';

/** A value of a policy that was meant to be replaced. */
export interface Placeholder {
  /** Path of the value, such as `Statement[0].Resource[1]`. */
  readonly path: string;
  readonly message: string;
}

/** Text that samples of policies contain in place of a value. */
const SAMPLE_TEXT: readonly RegExp[] = [
  /<[^<>]*>/,
  /(?<!\$)\{[^{}]*\}/,
  /\[\[[^[\]]*\]\]/,
  /x{5,}/i,
  /\b(?:replace|change|insert|fill)[-_ ]?(?:me|this|here|in)\b/i,
  /\byour[-_ ]\w/i,
  /\bTODO\b|\bFIXME\b/,
  /(?<![\w-])(?:(?:MY|AWS|EXAMPLE)[-_])?(?:REGION|ACCOUNT|ORG|ORGANIZATION|VPC|VPCE|ROLE|USER|MODEL|PROFILE|PREFIX)(?:[-_]?(?:ID|NAME|NUMBER|ARN))?(?:[-_]?\d)?(?![\w-])/,
];

/** `${…}` of CloudFormation, Terraform or a sample. An IAM variable is `*`, `?`, `$` or `prefix:key`. */
const FOREIGN_VARIABLE = /\$\{(?![*?$]\}|[A-Za-z][\w.-]*:(?!:)[^{}]+\})[^{}]*\}?/;

const REGION = /^(?:unspecified|[a-z]{2,5}(?:-[a-z]+)+-\d{1,2})$/;

/** Finds the values that a person forgot to replace in a sample, and Regions that do not exist. */
export function findPlaceholders(document: unknown): readonly Placeholder[] {
  const found: Placeholder[] = [];
  const open: { readonly value: unknown; readonly path: string; readonly key: string }[] = [
    { value: document, path: '', key: '' },
  ];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { value, path, key } = item;
    if (typeof value === 'string' && !['Sid', 'Id'].includes(key)) {
      const why = whyPlaceholder(value, key);
      if (why !== undefined) {
        found.push({ path, message: `is ${quote(value)}; ${why}` });
      }
    } else if (Array.isArray(value)) {
      for (const [i, entry] of [...value.entries()].reverse()) {
        open.push({ value: entry, path: `${path}[${i}]`, key });
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of Object.entries(value).reverse()) {
        open.push({ value: entry, path: path === '' ? name : `${path}.${name}`, key: name });
      }
    }
  }
  return found;
}

function whyPlaceholder(text: string, key: string): string | undefined {
  const sample = SAMPLE_TEXT.map((pattern) => pattern.exec(text)?.[0]).find((part) => part !== undefined);
  if (sample !== undefined) {
    return `${quote(sample)} is a placeholder of a sample; write the value itself`;
  }
  const variable = FOREIGN_VARIABLE.exec(text)?.[0];
  if (variable !== undefined) {
    return `${quote(variable)} is no variable of IAM; write the value itself`;
  }
  if (key.toLowerCase() === 'aws:requestedregion' && !/[*?$]/.test(text) && !REGION.test(text)) {
    return "it must be a Region such as 'us-east-1', or 'unspecified'";
  }
  return arnPlaceholder(text);
}

/** Checks the parts of an ARN whose form is known. */
function arnPlaceholder(text: string): string | undefined {
  const [arn, , , region = '', account = '', name] = text.split(':');
  if (arn !== 'arn' || name === undefined) {
    return undefined;
  }
  if (!/^[a-z0-9*?-]*$/.test(region)) {
    return `its Region ${quote(region)} is a placeholder; write a Region or '*'`;
  }
  return /^(?:\d{12}|(?!account)[a-z-]*|.*[*?$].*)$/.test(account)
    ? undefined
    : `its account ${quote(account)} is no account of 12 digits; write the account or '*'`;
}
