/** The service that gives credentials to pods of EKS clusters. Its role needs conditions, so that `pods:` makes it. */
export const POD_IDENTITY = 'pods.eks.amazonaws.com';

/**
 * The tags with which EKS Pod Identity names the cluster and the pod of a session. A pod cannot choose others (EKS User
 * Guide, "Grant Pods access to AWS resources based on tags", 2026-11-30).
 */
export const POD_TAGS: readonly string[] = [
  'eks-cluster-arn',
  'eks-cluster-name',
  'kubernetes-namespace',
  'kubernetes-service-account',
  'kubernetes-pod-name',
  'kubernetes-pod-uid',
];

/**
 * Patterns of these tags. A trust policy compares the patterns, so that a further tag of EKS does not lock pods out; no
 * tag that billing or IAM evaluates begins so.
 */
export const POD_TAG_PATTERNS: readonly string[] = ['eks-cluster-*', 'kubernetes-*'];
