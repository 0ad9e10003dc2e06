import { createHash } from 'node:crypto';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { ParsedStatement } from '../../iam/policy/parsed-statement';
import type { Policy } from '../../iam/policy/policy';
import type { PrincipalPattern } from '../../iam/policy/principal-pattern';

/** Says in words who can assume a role, from its trust policy: a line for every principal of every allow statement. */
export function assumableBy(trust: Policy): readonly string[] {
  const { statements, refusals } = parsePolicy(trust, 'trust');
  return refusals.length > 0
    ? ['unknown: the trust policy is not understood']
    : statements
        .filter((s) => s.effect === 'Allow')
        .flatMap((s) => s.principals.map((p) => `${sessionPart(s)}${words(p)}${conditionWords(s)}`))
        .sort();
}

/** Actions that let no one assume a role, but say what the session of a caller may carry. */
const SESSION_PARTS: Readonly<Record<string, string>> = {
  'sts:tagsession': 'session tags of ',
  'sts:setsourceidentity': 'source identity of ',
};

/** Returns what a statement allows a session to carry. Empty for a statement that lets somebody assume the role. */
function sessionPart({ actions }: ParsedStatement): string {
  const parts = actions.patterns.map((glob) =>
    glob.length === 1 && typeof glob[0] === 'string' ? SESSION_PARTS[glob[0]] : undefined,
  );
  return new Set(parts).size === 1 ? (parts[0] ?? '') : '';
}

function words(pattern: PrincipalPattern): string {
  switch (pattern.kind) {
    case 'everyone':
      return 'everybody';
    case 'account':
      return `account ${pattern.accountId}`;
    case 'arn':
      return pattern.arn;
    case 'service':
      return `service ${pattern.service}`;
    case 'federated':
      return `tokens of ${pattern.provider.split('/').slice(1).join('/') || pattern.provider}`;
  }
}

/**
 * Says the conditions in words. An external id is shared between two parties, so its value is not shown. A digest of it
 * shows that it changes.
 */
function conditionWords({ conditions }: ParsedStatement): string {
  const known = conditions.map(({ operator, key, values }) => {
    const written = values.map((v) => v.map(piece).join(''));
    const texts = key === 'sts:externalid' ? written.map((id) => `external-id:${digestOf(id)}`) : written;
    return `${word(key)} ${operator.name} ${texts.map(word).join(' or ')}`;
  });
  return known.length === 0 ? '' : ` where ${known.join(' and ')}`;
}

/** Quotes a text with spaces, so that the words between texts cannot be imitated. */
function word(text: string): string {
  return /^[^\s"]+$/.test(text) ? text : JSON.stringify(text);
}

function digestOf(externalId: string): string {
  return createHash('sha256').update(externalId).digest('hex').slice(0, 16);
}

function piece(p: ParsedStatement['conditions'][number]['values'][number][number]): string {
  return typeof p === 'string' ? p : typeof p === 'symbol' ? (p.description ?? '') : `\${${p.key}}`;
}
