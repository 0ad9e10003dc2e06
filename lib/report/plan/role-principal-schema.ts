import { z } from 'zod';

const text = z.string();

/** Schema of the principal that may assume a role of an application. */
export const rolePrincipalSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('service'), service: text }),
  z.strictObject({
    kind: z.literal('github'),
    github: z.strictObject({
      repository: text,
      branches: z.array(text).optional(),
      environments: z.array(text).optional(),
    }),
  }),
  z.strictObject({ kind: z.literal('account'), account: text, externalId: text }),
  z.strictObject({ kind: z.literal('probe'), tries: z.enum(['access', 'policies']) }),
]);
