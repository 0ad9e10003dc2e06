import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import type { EndpointStatement, ExceptStatement, Statement, TrustStatement } from '../../plan/parts/statement';

const text = z.string();
const texts = z.array(text);
const condition = z.record(text, z.record(text, z.union([text, texts])));

const rest = {
  Sid: text,
  Effect: z.enum(['Allow', 'Deny']),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: condition.optional(),
};

/** Schema of a policy statement. */
export const statementSchema = schemaOf<Statement>()(z.strictObject({ ...rest, Action: texts }));

/** Schema of a statement that names the actions to which it does not apply. */
export const exceptStatementSchema = schemaOf<ExceptStatement>()(z.strictObject({ ...rest, NotAction: texts }));

/** Schema of a statement in the policy of a VPC endpoint. */
export const endpointStatementSchema = schemaOf<EndpointStatement>()(
  z.strictObject({ ...rest, Action: texts, Principal: z.literal('*') }),
);

/** Schema of a statement in a trust policy. */
export const trustStatementSchema = schemaOf<TrustStatement>()(
  z.strictObject({
    Sid: text,
    Effect: z.literal('Allow'),
    Principal: z.record(text, text),
    Action: texts,
    Condition: condition.optional(),
  }),
);
