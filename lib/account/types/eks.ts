import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { Resource } from '../resource/resource';
import { text } from '../resource/resource-properties';
import { type ActionTargets, on, passedTo } from './action-target';
import { generatedName, token } from './generated-name';
import { regionalArn } from './resource-arn';
import type { ResourceType } from './resource-type';
import { wholeResource } from './whole-resource';

const clusterName = (r: Resource): string => text(r, 'ClusterName');
const associationId = (r: Resource): string => `a-${token(generatedName(r), 17)}`;
const associationArn = (r: Resource): string =>
  regionalArn(r, 'eks', `podidentityassociation/${clusterName(r)}/${associationId(r)}`);

const itsCluster: ActionTargets = (r) => on(regionalArn(r, 'eks', `cluster/${clusterName(r)}`));
const itsRole: ActionTargets = (r) => on(text(r, 'RoleArn'));

export const EKS_TYPES = {
  'AWS::EKS::PodIdentityAssociation': {
    regions: 'own',
    access: 'none',
    read: (r) => ({
      wholeResources: [wholeResource(r, `${clusterName(r)}/${text(r, 'Namespace')}/${text(r, 'ServiceAccount')}`)],
    }),
    names: (r) => [`${clusterName(r)}/${text(r, 'Namespace')}/${text(r, 'ServiceAccount')}`],
    standIn: { ref: associationArn, attributes: { AssociationArn: associationArn, AssociationId: associationId } },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::EKS::PodIdentityAssociation'],
    unusedFeatures: [],
    actsOn: {
      itself: (r) => on(associationArn(r)),
      itselfFor: {},
      others: {
        'eks:CreatePodIdentityAssociation': itsCluster,
        'iam:GetRole': itsRole,
        'iam:PassRole': (r) => [passedTo(text(r, 'RoleArn'), 'pods.eks.amazonaws.com')],
      },
    },
    // The association decides which pods have the role. The gate judges what the role may do, which it does not change.
    judgedByGate: false,
    charge: 'free',
  },
} satisfies Readonly<Record<string, ResourceType>>;
