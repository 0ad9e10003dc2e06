import { createHash } from 'node:crypto';
import { PRICE_LIST } from '../../catalog/aws-prices';
import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { WholeResource } from '../account';
import type { Resource } from '../resource/resource';
import { tags, text } from '../resource/resource-properties';
import { resourceTags } from '../resource/resource-tags';
import { on, onAnything } from './concern';
import { madeUpName } from './made-up-name';
import { regionalArn } from './resource-arn';
import { NO_STAND_IN, type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

/** A UUID as KMS gives it, from where the key stands. */
const keyId = (r: Resource): string => {
  const digits = createHash('sha256').update(madeUpName(r)).digest('hex');
  return [8, 12, 16, 20, 32].map((end, i, ends) => digits.slice(ends[i - 1] ?? 0, end)).join('-');
};
const keyArn = (r: Resource): string => regionalArn(r, 'kms', `key/${keyId(r)}`);

/** Aliases of the templates for a key. */
export function aliasesOf(arn: string, all: readonly Resource[]): readonly Resource[] {
  return all.filter((r) => r.type === 'AWS::KMS::Alias' && text(r, 'TargetKeyId') === arn);
}

/** A key under the name that its alias gives it. */
function key(r: Resource, all: readonly Resource[]): WholeResource {
  const alias = aliasesOf(keyArn(r), all).at(-1);
  const whole = wholeResource(r);
  const name = alias && text(alias, 'AliasName');
  return name === undefined ? whole : { ...whole, name, properties: { Alias: name, ...whole.properties } };
}

/** Whether an alias is the one that names a key of the templates. */
function namesKey(alias: Resource, all: readonly Resource[]): boolean {
  return all.some((r) => r.type === 'AWS::KMS::Key' && aliasesOf(keyArn(r), all).at(-1) === alias);
}

export const KMS_TYPES = {
  'AWS::KMS::Key': {
    regions: 'own',
    access: 'none',
    read: (r, all) => ({ wholeResources: [key(r, all)] }),
    names: unnamed,
    standIn: { ref: keyId, attributes: { Arn: keyArn, KeyId: keyId } },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::KMS::Key'],
    unusedFeatures: [
      {
        feature: 'a key that is switched off',
        absent: ['Enabled'],
        actions: ['kms:DisableKey'],
        reason: 'keys are enabled as long as they exist',
      },
      {
        feature: 'a key that is not rotated',
        present: ['EnableKeyRotation'],
        actions: ['kms:DisableKeyRotation'],
        reason: 'every key is rotated',
      },
    ],
    actsOn: {
      // KMS takes the tags of a key with its creation: whatever is done with it later finds them.
      itself: (r) => [{ resource: keyArn(r), context: resourceTags(tags(r)) }],
      itselfFor: { 'kms:TagResource': (r) => on(keyArn(r)) },
      others: { 'kms:CreateKey': onAnything },
    },
    judgedByGate: true,
    charge: { usd: 1, unit: 'KMS key and month', source: PRICE_LIST },
  },
  'AWS::KMS::Alias': {
    regions: 'own',
    access: 'none',
    read: (r, all) => (namesKey(r, all) ? {} : { wholeResources: [wholeResource(r)] }),
    names: unnamed,
    standIn: NO_STAND_IN,
    tags: 'none',
    handlers: REGISTRY_HANDLERS['AWS::KMS::Alias'],
    unusedFeatures: [],
    actsOn: {
      // KMS checks an alias and the key that it stands for.
      itself: (r) => on(regionalArn(r, 'kms', text(r, 'AliasName')), text(r, 'TargetKeyId')),
      itselfFor: {},
      others: { 'kms:ListAliases': onAnything },
    },
    judgedByGate: true,
    charge: 'free',
  },
} satisfies Readonly<Record<string, ResourceType>>;
