import { GLOBAL, invocationOutside } from './in-regions';
import { INVOKE_ACTIONS } from './invoke-resources';
import { BEDROCK, type Judgement, judge } from './judge';
import { knownRegion } from './known-region';
import { type MatcherResult, matcherResult } from './matcher-result';
import { NotUnderstood } from './not-understood';
import type { ReadingOptions } from './reading-options';
import { MODEL_WITHOUT_PROFILE, SIDE_DOOR } from './through-profiles';
import { WITHOUT_STREAM } from './without-stream';

/** The `this` that jest passes to a matcher. */
interface Context {
  readonly isNot?: boolean;
}

const INVOKING = { name: 'bedrock:InvokeModel', actions: INVOKE_ACTIONS };

export function toInvokeOnlyThroughProfiles(
  this: Context,
  received: unknown,
  options: ReadingOptions = {},
): MatcherResult {
  const rules = [MODEL_WITHOUT_PROFILE, SIDE_DOOR];
  return matcherResult(this, () => judge(received, { rules, about: BEDROCK }, options), {
    breach: ({ rule }, words) => (rule === SIDE_DOOR ? `${words}, which is charged to no profile` : words),
    advice: (breaches) => [
      ...(breaches.some((b) => b.rule === MODEL_WITHOUT_PROFILE) ? [THROUGH] : []),
      ...(breaches.some((b) => b.rule === SIDE_DOOR) ? [DOORS] : []),
    ],
    proven: 'no principal may invoke a model except through an application inference profile',
  });
}

const THROUGH =
  'Allow models only with "Condition": {"ArnLike": {"bedrock:InferenceProfileArn": "<the ARN of the application inference profile>"}}.';
const DOORS =
  'Remove actions that are charged to no profile from the policy, or deny them in the permissions boundary.';

export function toReachOnlyRegions(
  this: Context,
  received: unknown,
  regions: readonly string[],
  options: ReadingOptions = {},
): MatcherResult {
  const judgeTemplate = (): Judgement => {
    if (!Array.isArray(regions) || regions.length === 0) {
      throw new NotUnderstood("toReachOnlyRegions needs a list of Regions, such as ['us-east-1', 'us-west-2']");
    }
    const known = regions.map((region) => knownRegion(region, [GLOBAL]));
    return judge(received, { rules: [invocationOutside(known)], about: INVOKING }, options);
  };
  return matcherResult(this, judgeTemplate, {
    breach: ({ request }, words) => (isRegionless(request.resource) ? `${words}, which is '${GLOBAL}'` : words),
    advice: () => [`Allowed Regions: ${regions.join(', ')}. Name each of them in Resource, in an ARN of its own.`],
    proven: `no principal may invoke a model or a profile outside ${Array.isArray(regions) ? regions.join(', ') : ''}`,
  });
}

function isRegionless(arn: string): boolean {
  return arn.split(':')[3] === '';
}

export function toStreamWhereverItInvokes(
  this: Context,
  received: unknown,
  options: ReadingOptions = {},
): MatcherResult {
  return matcherResult(this, () => judge(received, { rules: [WITHOUT_STREAM], about: INVOKING }, options), {
    breach: (_, words) => `${words}, but not bedrock:InvokeModelWithResponseStream`,
    advice: () => ['ConverseStream needs bedrock:InvokeModelWithResponseStream; name both actions in the statement.'],
    proven: 'every principal that may invoke a model may also stream its answer',
  });
}
