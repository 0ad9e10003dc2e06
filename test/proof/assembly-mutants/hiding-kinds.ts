// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub names what it replaces

import type { Json } from './assembly-copy';
import { documentKind } from './document-kinds';
import type { Kind } from './mutant';

/** Values whose text only a deployment knows, or that this project never writes. */
const HIDING: Readonly<Record<string, (value: unknown) => unknown>> = {
  'Fn::If': (value) => ({ 'Fn::If': ['C', value, '*'] }),
  'Fn::FindInMap': () => ({ 'Fn::FindInMap': ['A', { Ref: 'AWS::Region' }, 'c'] }),
  'Fn::FindInMap with a default': (value) => ({ 'Fn::FindInMap': ['A', 'b', 'c', { DefaultValue: value }] }),
  'Fn::Transform': () => ({ 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://evil/x' } } }),
  'Fn::ImportValue': () => ({ 'Fn::ImportValue': 'evil' }),
  'Fn::GetAZs': () => ({ 'Fn::GetAZs': '' }),
  'Fn::Cidr': () => ({ 'Fn::Cidr': ['10.0.0.0/16', 1, 8] }),
  'Fn::Base64': (value) => ({ 'Fn::Base64': value }),
  'Fn::Length': (value) => ({ 'Fn::Length': [value] }),
  'Fn::ToJsonString': (value) => ({ 'Fn::ToJsonString': { a: value } }),
  'Fn::GetStackOutput': () => ({ 'Fn::GetStackOutput': { StackName: 'evil', OutputName: 'a' } }),
  'Fn::Select by the id of the stack': (value) => ({
    'Fn::Select': [{ 'Fn::Select': [0, { 'Fn::Split': ['-', { Ref: 'AWS::StackId' }] }] }, [value, '*']],
  }),
  'the id of the stack': () => ({ Ref: 'AWS::StackId' }),
  'a part of the id of the stack': () => ({ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }),
  'the topics of the stack': () => ({ Ref: 'AWS::NotificationARNs' }),
  'the version of the bootstrap stack': () => ({ Ref: 'BootstrapVersion' }),
  'the version of the bootstrap stack in a text': () => ({ 'Fn::Sub': '${BootstrapVersion}' }),
  'a resource that does not exist': () => ({ Ref: 'Evil' }),
  'a parameter of SSM': () => '{{resolve:ssm:/evil}}',
  'a secret parameter of SSM': () => '{{resolve:ssm-secure:/evil:1}}',
  'a secret': () => '{{resolve:secretsmanager:evil:SecretString:a}}',
  'a secret in a text': () => ({ 'Fn::Sub': '{{resolve:secretsmanager:evil:SecretString:${AWS::Region}}}' }),
  'a secret that is joined': () => ({ 'Fn::Join': ['', ['{{resolve:', 'ssm:/evil', '}}']] }),
  'two keys': (value) => ({ Ref: 'AWS::Region', 'Fn::Sub': value }),
  'an unknown function': (value) => ({ 'Fn::Evil': value }),
};

type Place = (statement: Json, hide: (value: unknown) => unknown, document: Json) => void;

const entry =
  (element: string): Place =>
  (statement, hide) => {
    const [value, ...others] = [statement[element]].flat();
    statement[element] = [hide(value), ...others];
  };
const whole =
  (element: string): Place =>
  (statement, hide) => {
    statement[element] = hide(statement[element]);
  };

const condition =
  (key: string): Place =>
  (statement, hide) => {
    statement['Condition'] = { StringEquals: { [key]: hide('b') } };
  };

const PLACES: readonly (readonly [which: 'policy' | 'trust', name: string, place: Place])[] = [
  ['policy', 'as the effect', whole('Effect')],
  ['policy', 'as an action', entry('Action')],
  ['policy', 'as a resource', entry('Resource')],
  ['policy', 'as a value of a condition', condition('aws:PrincipalTag/a')],
  ['policy', 'as the statements', (_, hide, document) => whole('Statement')(document, hide, document)],
  ['trust', 'as the principal', whole('Principal')],
  ['trust', 'as a value of a condition', condition('sts:ExternalId')],
];

/** Removes an element with the value that stands for none. */
const NO_VALUE: readonly Kind[] = ['Action', 'Condition', 'Effect', 'Resource'].map((element) =>
  documentKind('policy', `no value as the element ${element}`, (statements) => {
    const statement = statements.find((s) => s[element] !== undefined && s['Condition'] !== undefined);
    if (statement !== undefined) {
      statement[element] = { Ref: 'AWS::NoValue' };
    }
    return statement !== undefined;
  }),
);

/** Puts each such value in each place of a document. */
export const HIDING_KINDS: readonly Kind[] = [
  ...NO_VALUE,
  ...PLACES.flatMap(([which, name, place]) =>
    Object.entries(HIDING).map(([what, hide]) =>
      documentKind(which, `${what} ${name}`, (statements, document) => {
        const statement = statements.find((s) => which === 'trust' || s['Resource'] !== undefined);
        if (statement !== undefined) {
          place(statement, hide, document);
        }
        return statement !== undefined;
      }),
    ),
  ),
];
