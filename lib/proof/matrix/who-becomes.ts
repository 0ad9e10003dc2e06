import { parsePolicy } from '../../iam/policy/parse-policy';
import type { ParsedStatement } from '../../iam/policy/parsed-statement';
import type { Policy } from '../../iam/policy/policy';
import type { PrincipalPattern } from '../../iam/policy/principal-pattern';

/** Who can become a role, in words, from its trust policy; each statement that allows gives a line for each principal. */
export function whoBecomes(trust: Policy): readonly string[] {
  const { statements, refusals } = parsePolicy(trust, 'trust');
  return refusals.length > 0
    ? ['somebody: the trust policy is not understood']
    : statements
        .filter((s) => s.effect === 'Allow')
        .flatMap((s) =>
          s.principals.map((p) => `${tagsAlone(s) ? 'session tags of ' : ''}${words(p)}${conditionWords(s)}`),
        )
        .sort();
}

/** Tagging lets nobody become the role: it says what those who may can call themselves. */
function tagsAlone({ actions }: ParsedStatement): boolean {
  return actions.patterns.every((glob) => glob.length === 1 && glob[0] === 'sts:tagsession');
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

/** External ids are shared between two parties, so that they are counted and not shown. */
function conditionWords({ conditions }: ParsedStatement): string {
  const known = conditions.map(({ operator, key, values }) => {
    const texts = key === 'sts:externalid' ? ['an external id'] : values.map((v) => v.map(piece).join(''));
    return `${key} ${operator.name} ${texts.join(' or ')}`;
  });
  return known.length === 0 ? '' : ` where ${known.join(' and ')}`;
}

function piece(p: ParsedStatement['conditions'][number]['values'][number][number]): string {
  return typeof p === 'string' ? p : typeof p === 'symbol' ? (p.description ?? '') : `\${${p.key}}`;
}
