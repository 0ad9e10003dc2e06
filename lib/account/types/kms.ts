import { createHash } from 'node:crypto';
import { PRICE_LIST } from '../../catalog/aws-prices';
import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { WholeResource } from '../account';
import type { Resource } from '../resource/resource';
import { tags, text } from '../resource/resource-properties';
import { resourceTags } from '../resource/resource-tags';
import { on, onAnything } from './action-target';
import { generatedName } from './generated-name';
import { regionalArn } from './resource-arn';
import { NO_STAND_IN, type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

/** Makes up a key id in the format of KMS, a UUID, from the stack name and the logical ID. */
const keyId = (r: Resource): string => {
  const digits = createHash('sha256').update(generatedName(r)).digest('hex');
  return [8, 12, 16, 20, 32].map((end, i, ends) => digits.slice(ends[i - 1] ?? 0, end)).join('-');
};
const keyArn = (r: Resource): string => regionalArn(r, 'kms', `key/${keyId(r)}`);

/** Returns the aliases that the templates define for a key. */
export function aliasesOf(arn: string, all: readonly Resource[]): readonly Resource[] {
  return all.filter((r) => r.type === 'AWS::KMS::Alias' && text(r, 'TargetKeyId') === arn);
}

/** Reads a key. Its alias, if it has one, becomes its name and a property. */
function key(r: Resource, all: readonly Resource[]): WholeResource {
  const alias = aliasesOf(keyArn(r), all).at(-1);
  const whole = wholeResource(r);
  const name = alias && text(alias, 'AliasName');
  return name === undefined ? whole : { ...whole, name, properties: { Alias: name, ...whole.properties } };
}

/** True when a key of the templates takes its name from this alias. */
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
        feature: 'a disabled key',
        absent: ['Enabled'],
        actions: ['kms:DisableKey'],
        reason: 'keys are enabled as long as they exist',
      },
      {
        feature: 'a key without rotation',
        present: ['EnableKeyRotation'],
        actions: ['kms:DisableKeyRotation'],
        reason: 'every key is rotated',
      },
    ],
    actsOn: {
      // CreateKey sets the tags of a key, so every later action on the key sees them.
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
      // KMS checks both the alias and its key.
      itself: (r) => on(regionalArn(r, 'kms', text(r, 'AliasName')), text(r, 'TargetKeyId')),
      itselfFor: {},
      others: { 'kms:ListAliases': onAnything },
    },
    judgedByGate: true,
    charge: 'free',
  },
} satisfies Readonly<Record<string, ResourceType>>;
