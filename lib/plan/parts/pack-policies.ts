import { regionalArn } from '../../catalog/arn';
import { resolveProfiles } from './profile-reference';
import { MAX_POLICY_CHARACTERS, policyDocument, type Statement } from './statement';

/** A sample ARN with as many characters as the ARN of a real profile. */
const PROFILE_ARN = regionalArn(
  { partition: 'aws', region: 'ap-northeast-1', account: '111122223333' },
  'bedrock',
  `application-inference-profile/${'x'.repeat(12)}`,
);

function characters(statements: readonly Statement[]): number {
  return JSON.stringify(policyDocument(resolveProfiles(statements, () => PROFILE_ARN))).length;
}

/** Replaces the Regions of a foundation model by one `*`. The condition on the profile still limits the Regions. */
export function collapseRegions(statement: Statement): Statement {
  const inRegions = /^(arn:[^:]+:bedrock:)[^:]+(::foundation-model\/.*)$/;
  const collapsed = statement.Resource?.map((arn) => arn.replace(inRegions, '$1*$2'));
  const hasRegionless = statement.Resource?.some((arn) => arn.includes(':bedrock:::')) ?? false;
  return collapsed === undefined || hasRegionless ? statement : { ...statement, Resource: [...new Set(collapsed)] };
}

/**
 * Packs statements into managed policies of at most 6,144 characters.
 *
 * If all statements fit, there is one policy. If not, the Regions of foundation models are replaced by `*`. If the
 * statements still do not fit, they are split over several policies, and the statements of one group stay together.
 */
export function packPolicies(groups: readonly (readonly Statement[])[]): readonly (readonly Statement[])[] {
  if (characters(groups.flat()) <= MAX_POLICY_CHARACTERS) {
    return [groups.flat()];
  }
  const policies: Statement[][] = [];
  for (const group of groups.map((g) => g.map(collapseRegions))) {
    const last = policies.at(-1);
    if (last !== undefined && characters([...last, ...group]) <= MAX_POLICY_CHARACTERS) {
      last.push(...group);
    } else {
      policies.push([...group]);
    }
  }
  return policies;
}
