import { githubProviderArn } from '../application/trust/github-trust';
import type { AccessPlan } from '../environment/access-plan';
import type { Statement } from '../parts/statement';

/**
 * Allows the deployment of the GitHub OIDC provider, but not its deletion, because the provider is kept when its stack
 * is deleted.
 */
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
