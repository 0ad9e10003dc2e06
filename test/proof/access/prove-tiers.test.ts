import { profileNamed } from '../../../lib/account/find-profile';
import { invokeChecks } from '../../../lib/account/invoke-checks';
import { invokeTarget } from '../../../lib/account/invoke-target';
import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import { evaluate } from '../../../lib/iam/evaluate/evaluate';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { knownKeys } from '../../../lib/proof/calls/known-keys';
import { layersOf } from '../../../lib/proof/calls/layers-of';
import { application, planOf } from '../../plan/environments';
import { sharedAssembly } from '../../stacks/shared-assembly';

const shared = [{ role: 'shared-api' }, { user: 'alice' }];
const plan = planOf({
  batch: application({ principals: [{ service: 'lambda.amazonaws.com' }, ...shared], tiers: ['default', 'flex'] }),
  chat: application({ principals: shared }),
});
const account = readTemplateAccount(sharedAssembly(plan), 'dev');

test('the proof knows the service tiers of each application, also for a role and a user of both', () => {
  const { violations, coverage } = proveAccess(plan, account);
  expect(violations).toEqual([]);
  expect(coverage.existing).toBe(2);
});

/** Decides a whole call of an application's model, in which every request has the tier. */
function decide(principalName: string, ofApplication: string, tier: string | undefined): string {
  const principal = account.principals.find(({ name }) => name === principalName);
  const generation = plan.applications.find(({ name }) => name === ofApplication)?.generations[0];
  const profile = profileNamed(account, generation?.profileName ?? '');
  const target = invokeTarget(account, profile?.arn ?? '');
  if (principal === undefined || target.kind === 'unknown') {
    throw new Error(`${principalName} or the profile of ${ofApplication} is not in the templates`);
  }
  const question = { account, target, action: 'bedrock:InvokeModel', reading: 'every' } as const;
  const decisions = invokeChecks({ ...question, ...(tier !== undefined && { tier }) }).map(
    ({ context, ...check }) =>
      evaluate(layersOf(principal), { ...check, context: { ...context, ...knownKeys(account, principal) } }).decision,
  );
  return decisions.find((decision) => decision !== 'allowed') ?? 'allowed';
}

test.each([
  ['dev_batch_lambda', 'batch', undefined, 'allowed'],
  ['dev_batch_lambda', 'batch', 'default', 'allowed'],
  ['dev_batch_lambda', 'batch', 'flex', 'allowed'],
  ['dev_batch_lambda', 'batch', 'priority', 'implicitDeny'],
  ['dev_batch_lambda', 'batch', 'reserved', 'implicitDeny'],
  ['dev_batch_lambda', 'batch', 'a-tier-of-next-year', 'implicitDeny'],
  ['dev_batch_lambda', 'batch', 'Flex', 'implicitDeny'],
  ['dev_batch_lambda', 'batch', '', 'implicitDeny'],
  ['shared-api', 'batch', 'flex', 'allowed'],
  ['shared-api', 'chat', 'flex', 'implicitDeny'],
  ['shared-api', 'chat', 'default', 'allowed'],
  ['shared-api', 'chat', undefined, 'allowed'],
  ['alice', 'batch', 'flex', 'allowed'],
  ['alice', 'batch', 'priority', 'implicitDeny'],
  ['alice', 'chat', 'flex', 'implicitDeny'],
  ['alice', 'chat', undefined, 'allowed'],
])('%s calls the model of %s with the service tier %s: %s', (principal, ofApplication, tier, expected) => {
  expect(decide(principal, ofApplication, tier)).toBe(expected);
});
