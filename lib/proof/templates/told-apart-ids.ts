import type { AssemblyContent } from '../../account/templates/assembly-content';
import { accessOf } from '../../account/types/access';
import { regionalArn } from '../../catalog/arn';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { partitionOf } from '../../catalog/region';
import { type Glob, ONE } from '../../iam/policy/glob';
import { isConstant, parseTemplate } from '../../iam/policy/template';
import { partition as partitionWords, TooManyClasses } from '../../iam/space/partition';
import { wordPattern } from '../../iam/space/word-pattern';
import { canonical } from './canonical';
import { documentsOf } from './deployed-template';

/** A value in an IAM document of a stack. */
export interface DocumentValue {
  readonly displayName: string;
  readonly logicalId: string;
  readonly property: string;
  readonly value: unknown;
}

/** Length of the id of an application inference profile. */
const ID_LENGTH = 12;

/**
 * Lists the values in IAM documents whose meaning depends on an id that only a deployment makes. The proof decides with a
 * made-up id, so that such a value could tell the proof from the deployment: a reference that this checkout does not
 * write, or a text that matches some ids of profiles and not all.
 */
export function idsToldApart(found: AssemblyContent, expected: AssemblyContent): readonly DocumentValue[] {
  const known = new Set(documentValues(expected).map(({ value }) => written(value)));
  const places = placesOf(expected);
  const told = new Map<string, boolean>();
  return documentValues(found).filter(({ value }) => {
    if (known.has(written(value))) {
      return false;
    }
    const text = textOf(value);
    if (text === undefined) {
      return true;
    }
    const before = told.get(text) ?? places.some((place) => tellsApart(text, place));
    told.set(text, before);
    return before;
  });
}

function documentValues({ stacks }: AssemblyContent): readonly DocumentValue[] {
  return stacks.flatMap(({ displayName, template }) =>
    Object.entries(isJsonMap(template['Resources']) ? template['Resources'] : {}).flatMap(([logicalId, resource]) => {
      const { Type: type, Properties: properties } = isJsonMap(resource) ? resource : {};
      const all = isJsonMap(properties) ? properties : {};
      return documentsOf(accessOf(String(type))).flatMap((property) =>
        statementsOf(all[property])
          .flatMap(valuesOf)
          .map((value) => ({ displayName, logicalId, property, value })),
      );
    }),
  );
}

function statementsOf(document: unknown): readonly JsonMap[] {
  return isJsonMap(document) ? [document['Statement']].flat().filter(isJsonMap) : [];
}

function valuesOf({ Resource: resource, NotResource: notResource, Condition: condition }: JsonMap): readonly unknown[] {
  const operators = Object.values(isJsonMap(condition) ? condition : {}).filter(isJsonMap);
  const conditions = operators.flatMap((keys) => Object.values(keys));
  return [resource, notResource, ...conditions].flat().filter((value) => value !== undefined);
}

/** Writes a value in the same way however it is composed. */
function written(value: unknown): string {
  const { 'Fn::Sub': text } = isJsonMap(value) ? value : {};
  const [, resource, attribute] = /^\$\{(\w+)\.([\w.]+)\}$/.exec(String(text)) ?? [];
  return textOf(value) ?? canonical(resource === undefined ? value : { 'Fn::GetAtt': [resource, attribute] });
}

/** A name of a parameter of CloudFormation that is the same in every deployment of a stack. */
const OWN = 'AWS::(?:Partition|Region|AccountId|URLSuffix)';

/** Returns the text of a value that refers to nothing but such parameters, whose names stay in the text. */
function textOf(value: unknown): string | undefined {
  if (!isJsonMap(value)) {
    return String(value);
  }
  const [[key, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length > 0) {
    return undefined;
  }
  switch (key) {
    case 'Ref':
      return new RegExp(`^${OWN}$`).test(String(argument)) ? `\${${argument}}` : undefined;
    case 'Fn::Sub':
      return typeof argument === 'string' && !new RegExp(`\\$\\{(?!${OWN}\\})`).test(argument) ? argument : undefined;
    case 'Fn::Join': {
      const [separator, parts] = Array.isArray(argument) ? argument : [];
      const texts = Array.isArray(parts) ? parts.map(textOf) : [undefined];
      return typeof separator === 'string' && !texts.includes(undefined) ? texts.join(separator) : undefined;
    }
    default:
      return undefined;
  }
}

interface Place {
  readonly 'AWS::Partition': string;
  readonly 'AWS::Region': string;
  readonly 'AWS::AccountId': string;
}

function placesOf({ manifests, stacks }: AssemblyContent): readonly Place[] {
  const places = stacks.flatMap(({ manifest, id }): readonly Place[] => {
    const { artifacts } = manifests[manifest] ?? {};
    const artifact = isJsonMap(artifacts) ? artifacts[id] : undefined;
    const environment = String(isJsonMap(artifact) ? artifact['environment'] : '');
    const [, account, region] = /^aws:\/\/(\d{12})\/(.+)$/.exec(environment) ?? [];
    return account === undefined || region === undefined
      ? []
      : [{ 'AWS::Partition': partitionOf(region), 'AWS::Region': region, 'AWS::AccountId': account }];
  });
  return [...new Map(places.map((place) => [canonical(place), place])).values()];
}

/** True for a pattern that matches some application inference profiles of the place, and not all. */
function tellsApart(text: string, place: Place): boolean {
  const pattern = Object.entries(place).reduce((all, [name, value]) => all.replaceAll(`\${${name}}`, value), text);
  const { 'AWS::Partition': partition, 'AWS::Region': region, 'AWS::AccountId': account } = place;
  const everyId = regionalArn({ partition, region, account }, 'bedrock', 'application-inference-profile/');
  const beginning = (pattern.split(/[*?]/, 1)[0] ?? '').slice(0, everyId.length).toLowerCase();
  if (!everyId.toLowerCase().startsWith(beginning)) {
    return false;
  }
  try {
    const classes = partitionWords([wordPattern(globOf(pattern), { ignoreCase: true })], {
      within: wordPattern([everyId, ...Array<typeof ONE>(ID_LENGTH).fill(ONE)]),
    });
    return classes.length > 1;
  } catch (error) {
    if (error instanceof TooManyClasses) {
      return true;
    }
    throw error;
  }
}

function globOf(text: string): Glob {
  const glob = parseTemplate(text, { wildcards: true, variables: false });
  return glob !== undefined && isConstant(glob) ? glob : [text];
}
