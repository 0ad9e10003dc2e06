import { z } from 'zod';
import type { Path, Problem } from '../problem';
import { text } from '../text-schema';
import { ofNewRole } from './further-policies';

/** Pods of an EKS cluster with a service account, by the cluster's IAM OIDC provider. They get a role. */
export const irsa = ofNewRole('irsa', {
  irsa: z
    .strictObject({
      provider: text(
        /^oidc\.eks\.[a-z0-9-]{1,30}\.amazonaws\.com\/id\/[A-Z0-9]{1,64}$/,
        "the OIDC provider of an EKS cluster without https://, such as 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE'",
      ),
      namespace: text(
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
        "the exact name of a Kubernetes namespace, such as 'chat', without wildcards",
      ),
      serviceAccount: text(
        /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
        "the exact name of a Kubernetes service account, such as 'api', without wildcards",
      ),
    })
    .describe("A new role for pods with one service account of an EKS cluster, by the cluster's IAM OIDC provider."),
});

/** Warns of the service account that every pod of a namespace has unless it names another one. */
export function checkIrsa(path: Path, value: unknown): readonly Problem[] {
  const read = irsa.in.shape.irsa.safeParse(value);
  return read.data?.serviceAccount === 'default'
    ? [
        {
          path: [...path, 'serviceAccount'],
          severity: 'warning',
          message: `every pod of the namespace '${read.data.namespace}' that names no service account runs as 'default' and could call; give the application a service account of its own`,
        },
      ]
    : [];
}
