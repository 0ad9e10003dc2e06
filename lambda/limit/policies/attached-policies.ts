import { type IAMClient, ListPoliciesCommand, type ListPoliciesResponse } from '@aws-sdk/client-iam';
import type { AskAws } from './ask-aws';

/**
 * Lists the attached policies under the environment's path. One call shows which of a thousand applications are denied.
 */
export async function attachedPolicies(iam: IAMClient, environment: string, ask: AskAws): Promise<readonly string[]> {
  const found: string[] = [];
  let Marker: string | undefined;
  do {
    const page: ListPoliciesResponse = await ask('list policies that are attached', (abortSignal) =>
      iam.send(
        new ListPoliciesCommand({
          Scope: 'Local',
          OnlyAttached: true,
          PathPrefix: `/bedrock-access/${environment}/`,
          PolicyUsageFilter: 'PermissionsPolicy',
          MaxItems: 1000,
          Marker,
        }),
        { abortSignal },
      ),
    );
    found.push(...(page.Policies ?? []).map(({ Arn = '' }) => Arn));
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
  return found;
}
