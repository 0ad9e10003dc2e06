import { z } from 'zod';

const text = z.string();

const policies = z.array(text).optional();

/** Schema of the principal that may assume a role of an application. */
export const rolePrincipalSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('service'),
    service: z.union([text, z.array(text)]),
    logs: z.boolean().optional(),
    policies,
  }),
  z.strictObject({
    kind: z.literal('pods'),
    pods: z.strictObject({ cluster: text, namespace: text, serviceAccount: text }),
    policies,
  }),
  z.strictObject({
    kind: z.literal('github'),
    github: z.strictObject({
      repository: text,
      branches: z.array(text).optional(),
      environments: z.array(text).optional(),
    }),
    policies,
  }),
  z.strictObject({
    kind: z.literal('irsa'),
    irsa: z.strictObject({ provider: text, namespace: text, serviceAccount: text }),
    policies,
  }),
  z.strictObject({
    kind: z.literal('gitlab'),
    gitlab: z.strictObject({ project: text, branches: z.array(text), host: text }),
    policies,
  }),
  z.strictObject({
    kind: z.literal('oidc'),
    oidc: z.strictObject({ provider: text, audience: text, subjects: z.array(text) }),
    policies,
  }),
  z.strictObject({
    kind: z.literal('account'),
    account: text,
    externalId: text.optional(),
    organization: text.optional(),
    rolePattern: text.optional(),
    sourceIdentity: z.enum(['allowed', 'required']).optional(),
    policies,
  }),
  z.strictObject({ kind: z.literal('probe'), tries: z.enum(['access', 'policies']) }),
]);
