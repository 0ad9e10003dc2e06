import { z } from 'zod';
import { text } from '../text-schema';
import { ofNewRole } from './further-policies';

/** Pods of one service account of an EKS cluster of this account and Region, by EKS Pod Identity. They get a role. */
export const pods = ofNewRole('pods', {
  pods: z
    .strictObject({
      cluster: text(
        /^[0-9A-Za-z][\w-]{0,99}$/,
        'the name of an EKS cluster of this account and Region, such as shop; pods of a cluster elsewhere need irsa:, or account: and an association without session tags',
      ),
      namespace: kubernetesName('a namespace', 63),
      serviceAccount: kubernetesName('a service account', 253),
    })
    .describe('A new role for the pods of one service account, and its EKS Pod Identity association.'),
});

/** A name as Kubernetes allows it, with dots in names of up to 253 characters. */
function kubernetesName(what: string, most: 63 | 253) {
  const pattern =
    most === 63 ? /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/ : /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
  return text(pattern, `the exact name of ${what}, at most ${most} lower-case letters, digits and hyphens`);
}
