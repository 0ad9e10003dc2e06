import { z } from 'zod';
import { environmentJsonSchema } from '../config/json-schema';
import { matrixSchema } from '../proof/matrix/matrix-schema';
import { checkSchema } from './check/check-schema';
import { budgetSchema } from './costs/budget-schema';
import { costSchema } from './costs/cost-schema';
import { executionSchema } from './deployment/execution-schema';
import { pruneSchema } from './deployment/prune-schema';
import { diffSchema } from './diff/diff-schema';
import { failureSchema } from './format/failure-schema';
import { dashboardsSchema } from './plan/dashboards-schema';
import { planSchema } from './plan/plan-schema';
import { accessSchema } from './proof/access-schema';
import { proofSchema } from './proof/proof-schema';
import { sandboxSchema } from './sandbox/sandbox-schema';
import { latencySchema } from './verification/latency-schema';
import { verificationSchema } from './verification/verification-schema';

/** Schemas of the documents that `--json` prints, by the name of their file in `schema/`. */
const OUTPUTS = {
  check: checkSchema,
  plan: planSchema,
  'execution-policy': executionSchema,
  prove: proofSchema,
  access: accessSchema,
  diff: diffSchema,
  budget: budgetSchema,
  dashboards: dashboardsSchema,
  prune: pruneSchema,
  costs: costSchema,
  sandbox: sandboxSchema,
  verify: verificationSchema,
  'region-latency': latencySchema,
  failure: failureSchema,
};

/** Builds every published JSON Schema (draft 7), by the name of its file in `schema/`. */
export function schemas(): Readonly<Record<string, unknown>> {
  const outputs = Object.entries(OUTPUTS).map(([name, schema]) => [
    `${name}-output.schema.json`,
    { title: `bedrock-access ${name} --json`, ...z.toJSONSchema(schema, { target: 'draft-7' }) },
  ]);
  const matrix = { title: 'access/ENVIRONMENT.json', ...z.toJSONSchema(matrixSchema, { target: 'draft-7' }) };
  return {
    'environment.schema.json': environmentJsonSchema(),
    'access-matrix.schema.json': matrix,
    ...Object.fromEntries(outputs),
  };
}
