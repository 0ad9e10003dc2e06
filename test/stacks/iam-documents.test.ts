import { environmentTemplates } from './synthesized';

const SHOWN: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['RoleName', 'Path', 'PermissionsBoundary', 'ManagedPolicyArns', 'AssumeRolePolicyDocument'],
  'AWS::IAM::ManagedPolicy': ['ManagedPolicyName', 'Path', 'Roles', 'Users', 'PolicyDocument'],
};

/** Reads the properties that decide access in each stack's template, with unresolved intrinsic functions. */
function iamDocuments(name: 'dev' | 'prod') {
  return Object.fromEntries(
    Object.entries(environmentTemplates(name)).map(([stack, { Resources }]) => [
      stack,
      Object.fromEntries(
        Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
          (SHOWN[Type] ?? []).length === 0
            ? []
            : [
                [
                  id,
                  Object.fromEntries((SHOWN[Type] ?? []).flatMap((p) => (p in Properties ? [[p, Properties[p]]] : []))),
                ],
              ],
        ),
      ),
    ]),
  );
}

test.each(['dev', 'prod'] as const)('the roles and policies of %s are these', (name) => {
  expect(iamDocuments(name)).toMatchSnapshot();
});

test.each(['dev', 'prod'] as const)('no role or policy of %s has a property that the snapshot leaves out', (name) => {
  const others = Object.values(environmentTemplates(name)).flatMap(({ Resources }) =>
    Object.values(Resources)
      .filter((r) => r.Type.startsWith('AWS::IAM::'))
      .flatMap((r) =>
        Object.keys(r.Properties)
          .filter((p) => !(SHOWN[r.Type] ?? []).includes(p))
          .map((p) => `${r.Type} ${p}`),
      ),
  );
  const allowed = ['AWS::IAM::Role Description', 'AWS::IAM::Role Tags'];
  const provider = ['ClientIdList', 'Tags', 'Url'].map((p) => `AWS::IAM::OIDCProvider ${p}`);
  expect([...new Set(others)].sort()).toEqual([...(name === 'prod' ? provider : []), ...allowed]);
});
