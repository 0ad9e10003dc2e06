import { type Caller, evaluateTrust } from '../../../lib/iam/evaluate/evaluate-trust';
import type { Policy } from '../../../lib/iam/policy/policy';
import type { Random } from '../../iam/random';
import { NearTexts, textsOf } from '../mutations/near-texts';

const RANDOM_REQUESTS = 2_000;
const UNPLANNED_CALLERS = [
  'arn:aws:iam::111122223333:role/stranger',
  'arn:aws:iam::777788889999:role/stranger',
  'arn:aws:iam::000000000000:user/stranger',
];

/**
 * Finds a caller whom two trust policies answer differently, among random callers that are similar to those they name.
 */
export function differentTrust(was: Policy, is: Policy, random: Random): unknown {
  const documents = [was.document, is.document];
  const near = new NearTexts(textsOf(documents), random);
  const keys = near.texts.filter((t) => t.includes(':') && JSON.stringify(documents).includes(`"${t}":`));
  const conditionKeys = keys.filter((key) => !/^For\w+:|^aws:PrincipalArn$/i.test(key));
  const callers = callersOf(near.texts);
  const actions = [...near.texts.filter((t) => t.startsWith('sts:')), 'sts:TagSession', 'sts:AssumeRole'];
  for (let i = 0; i < RANDOM_REQUESTS; i += 1) {
    const caller = random.one(callers);
    const action = random.one(actions);
    const context = {
      ...near.context(conditionKeys),
      ...(caller.kind === 'aws' && { 'aws:PrincipalArn': caller.arns }),
    };
    const [before, after] = [was, is].map((trust) => evaluateTrust(trust, caller, action, context));
    const refused = before?.decision === 'refused' || after?.decision === 'refused';
    if (!refused && before?.through !== after?.through) {
      return { caller, action, context };
    }
  }
  return undefined;
}

/** Lists the callers that the texts name. For a pattern, it is one caller that the pattern matches. */
function callersOf(texts: readonly string[]): readonly Caller[] {
  const arns = texts.map((t) => t.replace(/[*?]/g, '9')).filter((t) => /:iam::\d*:(?:role|user)\//.test(t));
  return [
    ...[...UNPLANNED_CALLERS, ...arns].map(
      (arn): Caller => ({ kind: 'aws', arns: [arn], accountId: arn.split(':')[4] ?? '' }),
    ),
    ...texts.filter((t) => t.endsWith('.amazonaws.com')).map((service): Caller => ({ kind: 'service', service })),
    ...texts.filter((t) => t.includes(':oidc-provider/')).map((provider): Caller => ({ kind: 'federated', provider })),
  ];
}
