import { resourceRequest } from '../verify/resource-request';
import { accessArn, policyArn } from './limit-account';
import { account, at, call, lines, ME, overLimit, PRINCIPALS, PROBES, run } from './use-limit-account';

describe('CloudFormation', () => {
  const DENIAL = 'bedrock-access-denial';
  const STACK = 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--shop/c2f4ef60-c6ee-11f0-9e1a-0affc1a3a1bd';
  const order = (RequestType: 'Create' | 'Update' | 'Delete', roles: readonly string[], id: string | null = DENIAL) =>
    resourceRequest({
      RequestType,
      ResponseURL: `${account.url}/answer?Signature=s`,
      ...(RequestType !== 'Create' && id !== null && { PhysicalResourceId: id }),
      StackId: STACK,
      ResourceProperties: {
        ...{ ServiceToken: 'arn', Application: 'shop', Roles: roles, Users: ['alice'], Policies: [accessArn('shop')] },
      },
    });
  /** The request to delete the denial. CloudFormation has deleted the limit before. */
  const deletion = (roles: readonly string[], id?: string | null) => {
    account.parameters.delete('/bedrock-access/dev.limits/shop');
    return order('Delete', roles, id);
  };
  const ROLES = ['dev_shop_lambda', 'shop-api'];
  const answered = () =>
    account.answers.map(({ Status, PhysicalResourceId, Reason }) => ({
      Status,
      PhysicalResourceId,
      Reason: String(Reason).replace(/ \(more: .*$/, ''),
    }));
  const success = (Reason: string, PhysicalResourceId = DENIAL) => ({ Status: 'SUCCESS', PhysicalResourceId, Reason });
  const nobody = success('the denial was attached to no principal');

  test('creates a denial without any request', async () => {
    await call(order('Create', ROLES));
    await call(order('Create', ROLES));
    expect(answered()).toEqual([nobody, nobody]);
    expect(account.requests).toEqual([]);
  });

  test('updates an unattached denial without a change', async () => {
    await call(order('Update', ROLES));
    expect(answered()).toEqual([nobody]);
    expect(account.denied('shop')).toEqual([]);
  });

  test('detaches a denial from a removed principal and attaches it to an added one, also when repeated', async () => {
    account.deny('shop', 'role dev_shop_lambda', 'role left-since', 'user alice');
    await call(order('Update', ROLES));
    expect(account.denied('shop')).toEqual(PRINCIPALS);
    await call(order('Update', ROLES));
    expect(account.denied('shop')).toEqual(PRINCIPALS);
    expect(answered()).toEqual([success('the denial was changed for: role left-since, role shop-api'), nobody]);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      act: 'followed',
      application: 'shop',
      by: { stack: STACK },
      at,
      principals: ['role left-since', 'role shop-api'],
      note: 'removed: role left-since; added: role shop-api',
    });
  });

  test('detaches a deleted denial from all principals, including unknown ones, also when repeated', async () => {
    account.deny('shop', ...PRINCIPALS, 'role by-hand');
    await call(deletion(ROLES));
    await call(deletion(ROLES));
    expect(account.denied('shop')).toEqual([]);
    expect(answered()).toEqual([
      success('the denial was changed for: role by-hand, role dev_shop_lambda, role shop-api, user alice'),
      nobody,
    ]);
  });

  test('deletes a denial that no longer exists', async () => {
    account.carried.delete(policyArn('shop'));
    await call(deletion(ROLES));
    expect(answered()).toEqual([nobody]);
  });

  test('deletes a denial that it could not create, under the id in the request', async () => {
    await call(deletion(ROLES, 'stack-Denial-1ABC'));
    expect(answered()).toEqual([success('the denial was attached to no principal', 'stack-Denial-1ABC')]);
    expect(account.requests).toEqual([]);
  });

  test('deletes the state with the denial, so that nothing stays', async () => {
    await call({ deny: 'shop', reason: 'it loops', by: ME });
    await call(deletion(ROLES));
    expect(account.denied('shop')).toEqual([]);
    expect(account.state('shop')).toBeUndefined();
  });

  test('gives principals their access back before it deletes the policies', async () => {
    overLimit();
    for (const principal of PRINCIPALS) {
      account.full.add(principal);
    }
    await run();
    expect(account.entitled('shop')).toEqual(PROBES);
    await call(deletion(ROLES));
    expect(account.entitled('shop')).toEqual([...PRINCIPALS, ...PROBES].sort());
    expect(account.state('shop')).toBeUndefined();
    expect(answered()).toEqual([
      success('the denial was changed for: role dev_shop_lambda, role shop-api, user alice'),
    ]);
  });

  test('cannot delete the denial while the limit exists, because the stack deletes that first', async () => {
    overLimit();
    await run();
    await call(order('Delete', ROLES), 9_000);
    expect(account.denied('shop')).toEqual(PRINCIPALS);
    expect(answered()).toEqual([
      {
        Status: 'FAILED',
        PhysicalResourceId: DENIAL,
        Reason: 'the limit of shop still exists, so its denial stays; delete the stack again',
      },
    ]);
  });

  test('cannot free principals by an update that leaves them out, while they have access', async () => {
    overLimit();
    await run();
    await call(order('Update', []));
    expect(account.denied('shop')).toEqual(PRINCIPALS);
  });

  test('denies an added principal without room for the denial by taking its access', async () => {
    overLimit();
    await run();
    account.carried.get(accessArn('shop'))?.add('role added');
    account.full.add('role added');
    await call(order('Update', [...ROLES, 'added']));
    expect(account.entitled('shop')).not.toContain('role added');
  });

  test.each([
    ['another application', 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--search/1'],
    ['another environment', 'arn:aws:cloudformation:us-east-1:111122223333:stack/prod--shop/1'],
    ['another account', 'arn:aws:cloudformation:us-east-1:999988887777:stack/dev--shop/1'],
    ['another Region', 'arn:aws:cloudformation:eu-west-1:111122223333:stack/dev--shop/1'],
    ['a longer name', 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--shop-2/1'],
    ['no stack', 'dev--shop'],
  ])('cannot change the denial from a stack of %s', async (_, StackId) => {
    overLimit();
    await run();
    await call({ ...deletion(ROLES), StackId });
    await call({ ...order('Update', []), StackId });
    expect(account.denied('shop')).toEqual(PRINCIPALS);
    // A stack of another environment is not answered at all.
    expect(answered().filter(({ Status }) => Status !== 'FAILED')).toEqual([]);
  });

  test('waits while IAM spreads a new role', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.failures.set('AssumeRole', [
      [403, 'AccessDenied'],
      [403, 'AccessDenied'],
    ]);
    await call(deletion(ROLES));
    expect(answered()).toEqual([
      success('the denial was changed for: role dev_shop_lambda, role shop-api, user alice'),
    ]);
  });

  test('receives a failure that names the principal that cannot be detached, so the stack stays', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.failures.set('DetachUserPolicy', [[400, 'InvalidInput']]);
    await call(deletion(ROLES));
    expect(answered()).toEqual([
      {
        Status: 'FAILED',
        PhysicalResourceId: DENIAL,
        Reason: `could not detach ${policyArn('shop')} from user alice: InvalidInputException: InvalidInput for DetachUserPolicy`,
      },
    ]);
  });

  test('receives a failure that shows wrong properties', async () => {
    const request = order('Create', ROLES);
    await call({ ...request, ResourceProperties: { Application: 'shop', Roles: 'all' } });
    expect(answered()).toEqual([
      { Status: 'FAILED', PhysicalResourceId: DENIAL, Reason: 'the denial has the roles "all"' },
    ]);
  });

  test('receives an answer before the time runs out, even if IAM never answers', async () => {
    account.deny('shop', ...PRINCIPALS);
    account.failures.set('ListEntitiesForPolicy', ['never', 'never', 'never']);
    await call(deletion(ROLES), 5_600);
    expect(answered()).toEqual([
      {
        Status: 'FAILED',
        PhysicalResourceId: DENIAL,
        Reason: expect.stringMatching(/no whole answer within [\d.]+ ms/),
      },
    ]);
  });
});
