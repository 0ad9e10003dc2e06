import type { AccessPlan } from '../access-plan';
import type { Statement } from '../statement';
import { githubProviderArn } from '../trust';

/** No deletion: the provider outlives its stack. */
export function githubStatements(plan: AccessPlan): readonly Statement[] {
  return plan.createGithubProvider
    ? [
        {
          Sid: 'GitHubProvider',
          Effect: 'Allow',
          Action: [
            'iam:CreateOpenIDConnectProvider',
            'iam:GetOpenIDConnectProvider',
            'iam:UpdateOpenIDConnectProviderThumbprint',
            'iam:AddClientIDToOpenIDConnectProvider',
            'iam:RemoveClientIDFromOpenIDConnectProvider',
            'iam:TagOpenIDConnectProvider',
            'iam:UntagOpenIDConnectProvider',
            'iam:ListOpenIDConnectProviderTags',
          ],
          Resource: [githubProviderArn(plan)],
        },
      ]
    : [];
}
