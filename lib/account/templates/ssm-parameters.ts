import { isJsonMap } from '../../catalog/json-map';

const BOOTSTRAP_VERSION = /^\/cdk-bootstrap\/[^/]+\/version$/;
const PROFILE_IDS = /^\/bedrock-access\/[^/.]+\.profiles\/[^/]+$/;

/** True for a template parameter that CloudFormation reads from the SSM parameter of a bootstrap stack. */
export function isBootstrapVersion(parameter: unknown): boolean {
  return BOOTSTRAP_VERSION.test(ssmName(parameter));
}

/** True for a template parameter that CloudFormation reads from the SSM parameter with an application's profile ids. */
export function isProfileIds(parameter: unknown): boolean {
  return PROFILE_IDS.test(ssmName(parameter));
}

function ssmName(parameter: unknown): string {
  const { Type: type, Default: name } = isJsonMap(parameter) ? parameter : {};
  return type === 'AWS::SSM::Parameter::Value<String>' ? String(name) : '';
}
