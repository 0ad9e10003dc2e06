import { foundationModelArn } from '../../catalog/foundation-model-arn';
import { templateText } from '../../iam/policy/template';
import type { Remedy } from '../finding/proof';
import { parsedStatement } from './cause';
import type { Denial, DeniedRequest } from './denial';
import { deniesAny } from './merged-statement';

/**
 * Returns how calls meet a statement that demands a guardrail: the application names one. Only an embedding model, which
 * takes none, may be exempted. Application profiles never are, because every call would then pass without a guardrail.
 */
export function guardrailRemedies(denial: Denial): readonly Remedy[] {
  const { statement, denied, account, policies, by } = denial;
  const models = denied.filter(({ request }) => request.resource.includes(':foundation-model/'));
  const kindOf = ({ request }: DeniedRequest): string | undefined => request.alias?.generation.kind;
  const chat = [
    ...new Set(models.filter((m) => kindOf(m) === 'chat').map(({ request }) => request.alias?.application.name)),
  ];
  const embeddings = [
    ...new Set(models.filter((m) => kindOf(m) === 'embedding').map(({ request }) => request.alias?.generation.modelId)),
  ];
  const profiles = denied.filter(
    ({ request }) =>
      request.resource.includes('inference-profile/') && request.context['bedrock:GuardrailIdentifier'] === undefined,
  );
  const demanded = statement === undefined ? undefined : demandedGuardrail(statement);
  const policy = policies.find((p) => p.name === by?.policy);
  const limited = { ...statement, Resource: foundationModelArn(account.partition, '*', '*') };
  const limitHelps =
    policy !== undefined &&
    statement?.['NotResource'] === undefined &&
    profiles.length > 0 &&
    !deniesAny(
      policy,
      limited,
      profiles.map(({ request }) => request),
    );
  return [
    ...chat.map((name) => ({
      change: `applications.${name}: write guardrail: ${demanded ?? '{ id: ID, version: "N" }'}, so that every call names it`,
    })),
    ...embeddings.map((id) => ({
      change: `an embedding model takes no guardrail: the organization exempts the model ${foundationModelArn(account.partition, '*', id ?? '')} in this statement (NotResource), and nothing else; or choose to do without the alias`,
    })),
    ...(limitHelps
      ? [
          {
            change:
              'AWS documents no guardrail key on requests for a profile itself, which this statement denies too; the organization limits it to foundation models (`verify` settles whether the key is there: guardrail-condition)',
            statement: limited,
            opens: 'no call without the guardrail: Bedrock checks the model of every call, with the key',
          },
        ]
      : []),
  ];
}

/** Returns the guardrail that the statement names, as the environment file writes it. */
function demandedGuardrail(statement: NonNullable<Denial['statement']>): string | undefined {
  const values = (parsedStatement(statement)?.conditions ?? [])
    .filter((c) => c.key === 'bedrock:guardrailidentifier' && c.operator.comparison !== 'Null')
    .flatMap((c) => c.values.map(templateText));
  const [, id, version] =
    values.map((v) => /:guardrail\/([a-z0-9]+)(?::(\d+|\*))?$/.exec(v)).find((m) => m !== null) ?? [];
  return id === undefined ? undefined : `{ id: ${id}, version: "${/^\d+$/.test(version ?? '') ? version : 'N'}" }`;
}
