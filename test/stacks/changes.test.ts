import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../lib/cli/synthesize';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { application, planOf, testEnvironment } from '../plan/environments';
import { environmentTemplates, resourcesOf, templatesOf } from './synthesized';

const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PROFILE = 'AWS::Bedrock::ApplicationInferenceProfile';
const sonnet46 = { model: 'anthropic.claude-sonnet-4-6', routing: 'us' };
const upgraded = { model: 'anthropic.claude-sonnet-5', routing: 'us', previous: sonnet46 };

test('an upgrade keeps the resource of the old profile and moves the alias', () => {
  const [before, after] = [sonnet46, upgraded].map((main) =>
    templatesOf(planOf({ chat: application({ models: { main } }) })),
  );
  const [old] = resourcesOf(before ?? {}, PROFILE).filter((p) => p.id.startsWith('chat.'));
  const profiles = resourcesOf(after ?? {}, PROFILE).filter((p) => p.id.startsWith('chat.'));
  expect(profiles.length).toBe(2);
  expect(profiles.find((p) => p.id === old?.id)).toEqual(old);
  const current = profiles.find((p) => p.id !== old?.id)?.id.split('.')[1];
  expect(resourcesOf(after ?? {}, 'AWS::SSM::Parameter')[0]?.Properties['Value']).toEqual({
    'Fn::GetAtt': [current, 'InferenceProfileArn'],
  });
});

test('a change of one application changes no other application, and only the dashboard of the shared stacks', () => {
  const chat = (main: object) => application({ models: { main } });
  const {
    chat: before,
    Dashboard: dashboard,
    ...others
  } = templatesOf(planOf({ chat: chat(sonnet46), search: application() }));
  const {
    chat: after,
    more,
    Dashboard: larger,
    ...same
  } = templatesOf(planOf({ chat: chat(upgraded), more: application(), search: application() }));
  expect(same).toEqual(others);
  expect(after).not.toEqual(before);
  expect(larger).not.toEqual(dashboard);
  expect(more).toBeDefined();
});

test.each(['dev', 'prod'] as const)(
  '%s synthesizes to the same bytes again, whatever the order of its keys',
  (name) => {
    const file = testEnvironment(name);
    const applications = Object.fromEntries(Object.entries(file.applications).reverse());
    const tags = Object.fromEntries(Object.entries(file.tags).reverse());
    const plan = planAccess({ ...file, applications, tags });
    synthesize(plan, join(folder, name));
    const again = templatesOf(plan, join(folder, name));
    const sorted = (templates: object): string =>
      JSON.stringify(Object.entries(templates).sort(([a], [b]) => (a < b ? -1 : 1)));
    expect(sorted(again) === sorted(environmentTemplates(name))).toBe(true);
  },
);
