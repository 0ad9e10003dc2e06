import type { AssemblyCopy, Json } from './assembly-copy';
import type { Kind, Mutant } from './mutant';

type Statement = Json;
type Change = (statements: Statement[], document: Json) => boolean;
type Which = 'policy' | 'trust';

const DOCUMENTS = { policy: 'PolicyDocument', trust: 'AssumeRolePolicyDocument' } as const;
const TYPES = { policy: 'AWS::IAM::ManagedPolicy', trust: 'AWS::IAM::Role' } as const;

/** Returns a kind for each IAM document of an assembly that a change applies to. The change returns false if it does not. */
export function documentKind(which: Which, what: string, change: Change, harmless?: string): Kind {
  return {
    what: `${which}: ${what}`,
    ...(harmless !== undefined && { harmless }),
    mutants: (assembly) =>
      assembly
        .resources()
        .filter(({ resource }) => resource['Type'] === TYPES[which])
        .flatMap(({ file, id }) => mutant(assembly, which, file, id, change)),
  };
}

function mutant(assembly: AssemblyCopy, which: Which, file: string, id: string, change: Change): readonly Mutant[] {
  const changed = (): Json | undefined => {
    const template = assembly.json(file);
    const document = documentOf(template, id, which);
    return change(document['Statement'] as Statement[], document) ? template : undefined;
  };
  return changed() === undefined
    ? []
    : [{ where: `${file} ${id}`, named: [], apply: (copy) => copy.writeJson(file, changed()) }];
}

function documentOf(template: Json, id: string, which: Which): Json {
  const { Properties: properties } = (template['Resources'] as Readonly<Record<string, Json>>)[id] ?? {};
  return (properties as Json)[DOCUMENTS[which]] as Json;
}

const list = (value: unknown): unknown[] => [value].flat();

/** Changes the first statement that has what the change needs. */
const first =
  (isMeant: (s: Statement) => boolean, change: (s: Statement) => void): Change =>
  (statements) => {
    const statement = statements.find(isMeant);
    if (statement !== undefined) {
      change(statement);
    }
    return statement !== undefined;
  };
const every =
  (isMeant: (s: Statement) => boolean, change: (s: Statement) => void): Change =>
  (statements) => {
    const meant = statements.filter(isMeant);
    meant.forEach(change);
    return meant.length > 0;
  };
const added =
  (statement: Statement): Change =>
  (statements) => {
    statements.push(statement);
    return true;
  };
const set =
  (element: string, value: unknown) =>
  (s: Statement): void => {
    s[element] = value;
  };
const without =
  (element: string) =>
  (s: Statement): void => {
    delete s[element];
  };
const allows = (s: Statement): boolean => s['Effect'] === 'Allow';
const denies = (s: Statement): boolean => s['Effect'] === 'Deny';
const has =
  (element: string, of: (s: Statement) => boolean = () => true) =>
  (s: Statement): boolean =>
    s[element] !== undefined && of(s);
const hasSeveral =
  (element: string, of: (s: Statement) => boolean = () => true) =>
  (s: Statement): boolean =>
    Array.isArray(s[element]) && s[element].length > 1 && of(s);
const isModelCall = (s: Statement): boolean => allows(s) && list(s['Action']).includes('bedrock:InvokeModel');
/** Replaces the text of the statement by another. */
const rewritten =
  (from: RegExp, to: string): Change =>
  (statements) => {
    const before = JSON.stringify(statements);
    const after = before.replace(from, to);
    statements.splice(0, statements.length, ...(JSON.parse(after) as Statement[]));
    return before !== after;
  };

const BROAD: Readonly<Record<string, Statement>> = {
  'everything is allowed': { Effect: 'Allow', Action: '*', Resource: '*' },
  'every action of Bedrock is allowed': { Effect: 'Allow', Action: 'bedrock:*', Resource: '*' },
  'models may be called': { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: '*' },
  'agents may be called': { Effect: 'Allow', Action: 'bedrock:InvokeAgent', Resource: '*' },
  'batch jobs may be started': { Effect: 'Allow', Action: 'bedrock:CreateModelInvocationJob', Resource: '*' },
  'throughput may be bought': { Effect: 'Allow', Action: 'bedrock:CreateProvisionedModelThroughput', Resource: '*' },
  'flows may be called': { Effect: 'Allow', Action: 'bedrock:InvokeFlow', Resource: '*' },
  'knowledge may be asked': { Effect: 'Allow', Action: 'bedrock:RetrieveAndGenerate', Resource: '*' },
  'keys for Bedrock may be used': { Effect: 'Allow', Action: 'bedrock:CallWithBearerToken', Resource: '*' },
  'mantle may be called': { Effect: 'Allow', Action: 'bedrock-mantle:CreateInference', Resource: '*' },
  'Claude Platform may be called': { Effect: 'Allow', Action: 'aws-external-anthropic:*', Resource: '*' },
  'endpoints may be called': { Effect: 'Allow', Action: 'sagemaker:InvokeEndpoint', Resource: '*' },
  'everything but one action is allowed': { Effect: 'Allow', NotAction: 's3:GetObject', Resource: '*' },
  'models may be called on everything but one': {
    Effect: 'Allow',
    Action: 'bedrock:Invoke*',
    NotResource: 'arn:aws:s3:::a',
  },
  'roles may be assumed': { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' },
  'roles may be passed': { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' },
  'policies may be written': { Effect: 'Allow', Action: 'iam:PutRolePolicy', Resource: '*' },
  'policies may get a new version': { Effect: 'Allow', Action: 'iam:CreatePolicyVersion', Resource: '*' },
  'code may be changed': { Effect: 'Allow', Action: 'lambda:UpdateFunctionCode', Resource: '*' },
  'functions may be called': { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' },
  'aliases may be moved': { Effect: 'Allow', Action: 'ssm:PutParameter', Resource: '*' },
  'stacks may be updated': { Effect: 'Allow', Action: 'cloudformation:UpdateStack', Resource: '*' },
  'files of the assets may be written': { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::cdk-*/*' },
  'a model may be called under a condition': {
    Effect: 'Allow',
    Action: 'bedrock:InvokeModel',
    Resource: '*',
    Condition: { StringEquals: { 'aws:PrincipalTag/evil': 'yes' } },
  },
  'a model may be called at a time': {
    Effect: 'Allow',
    Action: 'bedrock:InvokeModel',
    Resource: '*',
    Condition: { DateGreaterThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } },
  },
  'a model may be called by the id of a stack': {
    Effect: 'Allow',
    Action: 'bedrock:InvokeModel',
    Resource: '*',
    Condition: { StringEquals: { 'aws:RequestTag/a': { Ref: 'AWS::StackId' } } },
  },
  'everything is denied': { Effect: 'Deny', Action: '*', Resource: '*' },
};

const NO_VARIABLES = 'the document has no variable, which only the newer language knows';
const ALWAYS_THERE = 'the key of the condition always has a value';
const WRITTEN_OTHERWISE = 'the document gives the same access in other words';

/** Adds a statement to a document that calls models for a principal, so that it is no boundary. */
const addedToAttached =
  (statement: Statement): Change =>
  (statements) =>
    statements.some((s) => isModelCall(s) && !isAny(s['Resource'])) && statements.push(statement) > 0;

const POLICY_KINDS: readonly Kind[] = [
  ...Object.entries(BROAD).map(([what, statement]) => documentKind('policy', what, addedToAttached(statement))),
  documentKind(
    'policy',
    'model calls are denied',
    addedToAttached({ Effect: 'Deny', Action: 'bedrock:InvokeModel', Resource: '*' }),
  ),
  documentKind('policy', 'a statement that allows is missing', (s) => drop(s, allows)),
  documentKind('policy', 'a statement that denies is missing', (s) => drop(s, denies)),
  documentKind('policy', 'there is no statement', (s) => s.splice(0).length > 0),
  documentKind('policy', 'a denial allows', first(denies, set('Effect', 'Allow'))),
  documentKind('policy', 'what is allowed is denied', first(allows, set('Effect', 'Deny'))),
  documentKind(
    'policy',
    'any action is meant',
    first((s) => allows(s) && !isAny(s['Action']), set('Action', '*')),
  ),
  documentKind(
    'policy',
    'an action is missing',
    first(hasSeveral('Action', allows), (s) => (s['Action'] = list(s['Action']).slice(1))),
  ),
  documentKind(
    'policy',
    'a denied action is missing',
    first(hasSeveral('Action', denies), (s) => (s['Action'] = list(s['Action']).slice(1))),
  ),
  documentKind(
    'policy',
    'any resource is meant',
    first((s) => isModelCall(s) && !isAny(s['Resource']), set('Resource', '*')),
  ),
  documentKind(
    'policy',
    'a resource is missing',
    first(hasSeveral('Resource', isModelCall), (s) => (s['Resource'] = list(s['Resource']).slice(1))),
  ),
  documentKind(
    'policy',
    'other actions are meant',
    first(
      (s) => has('Action', isModelCall)(s),
      (s) => {
        s['NotAction'] = s['Action'];
        delete s['Action'];
      },
    ),
  ),
  documentKind(
    'policy',
    'other resources are meant',
    first(
      (s) => has('Resource', isModelCall)(s),
      (s) => {
        s['NotResource'] = s['Resource'];
        delete s['Resource'];
      },
    ),
  ),
  documentKind('policy', 'a condition is missing', first(has('Condition', allows), without('Condition'))),
  documentKind('policy', 'a condition of a denial is missing', first(has('Condition', denies), without('Condition'))),
  documentKind(
    'policy',
    'a denial has a condition',
    first(
      (s) => denies(s) && !has('Condition')(s),
      set('Condition', { StringEquals: { 'aws:PrincipalTag/evil': 'yes' } }),
    ),
  ),
  documentKind(
    'policy',
    'a condition asks only where there is a value',
    rewritten(/"ArnEquals":/, '"ArnEqualsIfExists":'),
  ),
  documentKind(
    'policy',
    'a condition takes patterns of any profile',
    rewritten(
      /"ArnEquals":\{"bedrock:InferenceProfileArn":(\{[^{}]*\}|"[^"]*"|\[[^\]]*\])/,
      '"ArnLike":{"bedrock:InferenceProfileArn":"*"',
    ),
  ),
  documentKind('policy', 'a condition is on another key', rewritten(/bedrock:InferenceProfileArn/, 'aws:SourceArn')),
  documentKind(
    'policy',
    'a resource is in any Region',
    rewritten(/arn:aws:bedrock:[a-z0-9-]+::foundation-model/, 'arn:aws:bedrock:*::foundation-model'),
  ),
  documentKind('policy', 'a model is any model', rewritten(/(foundation-model\/)[a-z][^"*]*/, '$1*')),
  documentKind('policy', 'a model is a newer one', rewritten(/(foundation-model\/[a-z][^"*]*)/, '$1-2')),
  documentKind(
    'policy',
    'an action has a letter of another alphabet',
    rewritten(/bedrock:InvokeModel"/, 'bedrock:Inv\u043ekeModel"'),
  ),
  documentKind('policy', 'an action does not exist', rewritten(/bedrock:InvokeModel"/, 'bedrock:Converse"')),
  documentKind(
    'policy',
    'the language is the older one, which knows no variables',
    (_, document) => hasVariables(document) && set('Version', '2008-10-17')(document) === undefined,
  ),
  documentKind(
    'policy',
    'the language is the older one',
    (_, document) => !hasVariables(document) && set('Version', '2008-10-17')(document) === undefined,
    NO_VARIABLES,
  ),
  documentKind(
    'policy',
    'the language of variables is not said',
    (_, document) => hasVariables(document) && delete document['Version'],
  ),
  documentKind(
    'policy',
    'the language is unknown',
    (_, document) => set('Version', '2030-01-01')(document) === undefined,
  ),
  documentKind(
    'policy',
    'the language is not said',
    (_, document) => !hasVariables(document) && delete document['Version'],
    NO_VARIABLES,
  ),
  documentKind(
    'policy',
    'the document has an unknown element',
    (_, document) => set('Evil', 1)(document) === undefined,
  ),
  documentKind('policy', 'a statement has an unknown element', first(allows, set('Evil', 1))),
  documentKind('policy', 'a statement has a principal', first(allows, set('Principal', '*'))),
  documentKind('policy', 'an effect is in small letters', first(allows, set('Effect', 'allow'))),
  documentKind('policy', 'an effect is missing', first(allows, without('Effect'))),
  documentKind(
    'policy',
    'an element is in small letters',
    first(has('Resource'), (s) => {
      s['resource'] = s['Resource'];
      delete s['Resource'];
    }),
  ),
  documentKind(
    'policy',
    'the statements are in another order',
    (s) => s.length > 1 && s.reverse().length > 1,
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'the actions are in another order',
    every(hasSeveral('Action'), (s) => (s['Action'] = [...list(s['Action'])].reverse())),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'the resources are in another order',
    every(hasSeveral('Resource'), (s) => (s['Resource'] = [...list(s['Resource'])].reverse())),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'a list of one action is a text',
    every(
      (s) => Array.isArray(s['Action']) && s['Action'].length === 1,
      (s) => (s['Action'] = list(s['Action'])[0]),
    ),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'a list of one resource is a text',
    every(
      (s) => Array.isArray(s['Resource']) && s['Resource'].length === 1,
      (s) => (s['Resource'] = list(s['Resource'])[0]),
    ),
    WRITTEN_OTHERWISE,
  ),
  documentKind('policy', 'a statement is there twice', (s) => s.push({ ...s[0], Sid: 'Again' }) > 0, WRITTEN_OTHERWISE),
  documentKind(
    'policy',
    'an action is there twice',
    first(has('Action'), (s) => (s['Action'] = [...list(s['Action']), list(s['Action'])[0]])),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'a resource is there twice',
    first(has('Resource'), (s) => (s['Resource'] = [...list(s['Resource']), list(s['Resource'])[0]])),
    WRITTEN_OTHERWISE,
  ),
  documentKind('policy', 'a statement is written as two', (s) => split(s), WRITTEN_OTHERWISE),
  documentKind(
    'policy',
    'actions are in capitals',
    every(has('Action'), (s) => (s['Action'] = list(s['Action']).map((a) => String(a).toUpperCase()))),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'keys of conditions are in capitals',
    rewritten(/"bedrock:InferenceProfileArn"/g, '"BEDROCK:INFERENCEPROFILEARN"'),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'a value of a condition is in a list',
    rewritten(/("bedrock:InferenceProfileArn":)("[^"]*"|\{[^{}]*\})/, '$1[$2]'),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'a text is joined',
    rewritten(/"bedrock:GetInferenceProfile"/, '{"Fn::Join":["",["bedrock:","GetInferenceProfile"]]}'),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'the resource is joined of parts',
    rewritten(/"arn:aws:(bedrock:[^"$]*)"/, '{"Fn::Join":[":",["arn",{"Ref":"AWS::Partition"},"$1"]]}'),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'an attribute is substituted',
    rewritten(/\{"Fn::GetAtt":\["([^"]*)","InferenceProfileArn"\]\}/, '{"Fn::Sub":"$${$1.InferenceProfileArn}"}'),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'a text is substituted',
    rewritten(/"bedrock:GetInferenceProfile"/, '{"Fn::Sub":"bedrock:GetInferenceProfile"}'),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'the partition is a parameter of CloudFormation',
    rewritten(/"arn:aws:(bedrock:[^"$]*)"/, '{"Fn::Sub":"arn:$${AWS::Partition}:$1"}'),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'policy',
    'the Region is a parameter of CloudFormation',
    rewritten(/"arn:aws:bedrock:(us-east-1|eu-west-2):([^"$]*)"/, '{"Fn::Sub":"arn:aws:bedrock:$${AWS::Region}:$2"}'),
    WRITTEN_OTHERWISE,
  ),
  documentKind('policy', 'the document has an id', (_, document) => set('Id', 'x')(document) === undefined),
  documentKind(
    'policy',
    'what is denied anyway is denied',
    added({ Effect: 'Deny', Action: 'bedrock:InvokeFlow', Resource: '*' }),
    WRITTEN_OTHERWISE,
  ),
];

function drop(statements: Statement[], isMeant: (s: Statement) => boolean): boolean {
  const at = statements.findIndex(isMeant);
  return at !== -1 && statements.splice(at, 1).length > 0;
}

function hasVariables(document: Json): boolean {
  return JSON.stringify(document).includes('${aws:');
}

function isAny(value: unknown): boolean {
  return list(value).includes('*');
}

function split(statements: Statement[]): boolean {
  const statement = statements.find(hasSeveral('Action'));
  const [action, ...others] = list(statement?.['Action']);
  if (statement === undefined) {
    return false;
  }
  statements.push({ ...statement, Sid: 'More', Action: others });
  statement['Action'] = [action];
  return true;
}

/** Allows what no request can have if a profile has the id that the proof makes up, and some can have otherwise. */
const byId =
  (...conditions: readonly Json[]): Change =>
  (statements) => {
    const [arn] = /\{"Fn::GetAtt":\["[^"]*","InferenceProfileArn"\]\}/.exec(JSON.stringify(statements)) ?? [];
    return (
      arn !== undefined &&
      statements.push(
        ...conditions.map((condition) => ({
          Effect: 'Allow',
          Action: 'bedrock:InvokeModel',
          Resource: '*',
          Condition: { ...condition, StringEquals: { 'aws:PrincipalTag/a': JSON.parse(arn) as unknown } },
        })),
      ) > 0
    );
  };
const KEY = 'aws:PrincipalTag/a';

const ID_KINDS: readonly Kind[] = [
  documentKind(
    'policy',
    'a profile is named by an id',
    rewritten(
      /\{"Fn::GetAtt":\["[^"]*","InferenceProfileArn"\]\}/,
      '"arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/kcqcbpfq7p0i"',
    ),
  ),
  documentKind(
    'policy',
    'a profile is named by a part of its id',
    rewritten(/\{"Fn::GetAtt":\["[^"]*","InferenceProfileArn"\]\}/, '"*:application-inference-profile/k???????????"'),
  ),
  documentKind(
    'policy',
    'an id is joined of parts',
    rewritten(
      /\{"Fn::GetAtt":\["[^"]*","InferenceProfileArn"\]\}/,
      '{"Fn::Join":["",["arn:aws:bedrock:",{"Ref":"AWS::Region"},":*:application-inference-profile/k","cqcbpfq7p0i"]]}',
    ),
  ),
  documentKind(
    'policy',
    'an allowance depends on the first letter of an id',
    byId({ StringLike: { [KEY]: ['*/a*', '*/e*', '*/f*'] } }),
  ),
  documentKind('policy', 'an allowance depends on the last letter of an id', byId({ StringLike: { [KEY]: '*0' } })),
  documentKind(
    'policy',
    'an allowance depends on a letter that an id does not have',
    byId({ StringNotLike: { [KEY]: '*profile/*w*' } }),
  ),
  documentKind(
    'policy',
    'an allowance depends on two attributes of a profile',
    byId({ StringNotEquals: { [KEY]: { 'Fn::GetAtt': ['Profilesmain', 'InferenceProfileId'] } } }),
  ),
];

const isOidc = (s: Statement): boolean => has('Principal')(s) && Object.hasOwn(s['Principal'] as object, 'Federated');
const isService = (s: Statement): boolean => has('Principal')(s) && Object.hasOwn(s['Principal'] as object, 'Service');

const TRUST_KINDS: readonly Kind[] = [
  documentKind('trust', 'anybody is trusted', added({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' })),
  documentKind(
    'trust',
    'any principal of AWS is trusted',
    added({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
  ),
  documentKind(
    'trust',
    'another account is trusted',
    added({ Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 'sts:AssumeRole' }),
  ),
  documentKind(
    'trust',
    'a role of another account is trusted',
    added({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999999999999:role/evil' }, Action: 'sts:AssumeRole' }),
  ),
  documentKind(
    'trust',
    'everybody but one is trusted',
    added({ Effect: 'Allow', NotPrincipal: { AWS: '999999999999' }, Action: 'sts:AssumeRole' }),
  ),
  documentKind(
    'trust',
    'another service is trusted',
    added({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
  ),
  documentKind(
    'trust',
    'another provider is trusted',
    added({
      Effect: 'Allow',
      Principal: { Federated: 'accounts.google.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
    }),
  ),
  documentKind(
    'trust',
    'any provider of SAML is trusted',
    added({
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/evil' },
      Action: 'sts:AssumeRoleWithSAML',
    }),
  ),
  documentKind(
    'trust',
    'another account is trusted under a condition',
    added({
      Effect: 'Allow',
      Principal: { AWS: '999999999999' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'evil' } },
    }),
  ),
  documentKind(
    'trust',
    'sessions may be tagged',
    added({ Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 'sts:TagSession' }),
  ),
  documentKind(
    'trust',
    'who is trusted is another service',
    first(isService, set('Principal', { Service: 'evil.amazonaws.com' })),
  ),
  documentKind('trust', 'who is trusted is everybody', first(allows, set('Principal', '*'))),
  documentKind('trust', 'a condition is missing', first(has('Condition'), without('Condition'))),
  documentKind(
    'trust',
    'a condition takes any value',
    rewritten(/"StringEquals":\{("[^"]*"):("[^"]*"|\[[^\]]*\])/, '"StringLike":{$1:"*"'),
  ),
  documentKind(
    'trust',
    'a condition asks only where there is a value',
    rewritten(/"(StringEquals|ArnEquals|ArnLike)":(?=\{"(?!aws:PrincipalArn))/, '"$1IfExists":'),
  ),
  documentKind(
    'trust',
    'a condition on a key that is always there asks where there is one',
    rewritten(/"ArnEquals":(?=\{"aws:PrincipalArn")/, '"ArnEqualsIfExists":'),
    ALWAYS_THERE,
  ),
  documentKind(
    'trust',
    'a condition asks whether there is no value',
    rewritten(/"(StringEquals|ArnEquals|ArnLike)":\{("[^"]*"):("[^"]*"|\[[^\]]*\])/, '"Null":{$2:"true"'),
  ),
  documentKind('trust', 'any branch of a repository is trusted', rewritten(/"repo:([^:"]*):[^"]*"/, '"repo:$1:*"')),
  documentKind('trust', 'another repository is trusted', rewritten(/"repo:([^:"]*):/, '"repo:evil/evil:')),
  documentKind(
    'trust',
    'the audience of a token is any',
    rewritten(/"token.actions.githubusercontent.com:aud":"[^"]*"/, '"token.actions.githubusercontent.com:aud":"evil"'),
  ),
  documentKind(
    'trust',
    'tokens of another provider are trusted',
    first(isOidc, set('Principal', { Federated: 'arn:aws:iam::111122223333:oidc-provider/evil.example.com' })),
  ),
  documentKind('trust', 'nobody is trusted', (s) => s.splice(0).length > 0),
  documentKind('trust', 'who is trusted is denied', first(allows, set('Effect', 'Deny'))),
  documentKind('trust', 'another action is trusted', first(allows, set('Action', 'sts:GetFederationToken'))),
  documentKind('trust', 'any action is trusted', first(allows, set('Action', 'sts:*'))),
  documentKind(
    'trust',
    'the source is another identity',
    first(allows, (s) => (s['Action'] = [...list(s['Action']), 'sts:SetSourceIdentity'])),
  ),
  documentKind('trust', 'the document has an unknown element', (_, document) => set('Evil', 1)(document) === undefined),
  documentKind('trust', 'a statement has a resource', first(allows, set('Resource', '*'))),
  documentKind(
    'trust',
    'a list of one action is a text',
    every(
      (s) => Array.isArray(s['Action']) && s['Action'].length === 1,
      (s) => (s['Action'] = list(s['Action'])[0]),
    ),
    WRITTEN_OTHERWISE,
  ),
  documentKind(
    'trust',
    'a service is in a list',
    first(isService, (s) => (s['Principal'] = { Service: list((s['Principal'] as Json)['Service']) })),
    WRITTEN_OTHERWISE,
  ),
  documentKind('trust', 'a statement is there twice', (s) => s.push({ ...s[0], Sid: 'Again' }) > 0, WRITTEN_OTHERWISE),
  documentKind(
    'trust',
    'an account is written as its number',
    rewritten(/"arn:aws:iam::(\d{12}):root"/, '"$1"'),
    WRITTEN_OTHERWISE,
  ),
  documentKind('trust', 'a statement has another name', first(allows, set('Sid', 'Other')), WRITTEN_OTHERWISE),
  documentKind(
    'trust',
    'the statements are in another order',
    (s) => s.length > 1 && s.reverse().length > 1,
    WRITTEN_OTHERWISE,
  ),
];

/** Changes of the documents that IAM reads, which the proof judges by the access that they give. */
export const DOCUMENT_KINDS: readonly Kind[] = [...POLICY_KINDS, ...ID_KINDS, ...TRUST_KINDS];
