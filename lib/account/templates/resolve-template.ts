import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { partitionOf } from '../../catalog/region';
import type { AssemblyStack } from '../resource/assembly-stack';
import type { Resource } from '../resource/resource';
import { TemplateError } from '../resource/template-error';
import { TemplateLimit } from '../resource/template-limit';
import { Unresolved } from '../resource/unresolved';
import { attributeOf, refOf } from '../types/stand-in';
import { opaqueAttribute, opaqueNames } from './opaque-stand-in';
import { type Path, ResolutionBounds } from './resolution-bounds';
import { ResolutionWork } from './resolution-work';
import { isProfileIds } from './ssm-parameters';
import type { TemplateReading } from './template-reading';
import { joinedText, splitText, substitutedText } from './template-text';

/** Value of `AWS::NoValue`. A property or list item with this value is removed. */
const NO_VALUE = Symbol('AWS::NoValue');
/** Most resources of a template (CloudFormation quotas, 2026-11-30). */
const MAX_RESOURCES = 500;

/** Made-up ids in place of those that a dashboard's template reads from SSM: more than an application has profiles. */
const SOME_PROFILE_IDS: readonly string[] = Array.from({ length: 100 }, () => 'abcdefghijkl');

/**
 * Reads a key of a map, but no inherited property. A name in a template may be one that every JavaScript object has,
 * such as `constructor`.
 */
function own(map: unknown, key: string): unknown {
  return isJsonMap(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

/**
 * Returns the resources of a stack whose conditions are true.
 */
export function resolveTemplate(stack: AssemblyStack, reading: TemplateReading = {}): readonly Resource[] {
  const json = JSON.stringify(stack.template);
  if (stack.template['Transform'] !== undefined || json.includes('"Fn::Transform"')) {
    throw new TemplateError(
      stack.templateFile,
      ['Transform'],
      'macros change a template during its deployment; remove them',
    );
  }
  const { reads = () => true, work = new ResolutionWork() } = reading;
  work.allow(json.length);
  const resources = Object.entries(section(stack, 'Resources'));
  if (resources.length > MAX_RESOURCES) {
    throw new TemplateLimit(
      stack.templateFile,
      ['Resources'],
      `has ${resources.length} resources; CloudFormation takes at most ${MAX_RESOURCES}`,
    );
  }
  const resolver = new Resolver(stack, { ...reading, work });
  return resources
    .filter(([logicalId, resource]) => reads(String(own(resource, 'Type'))) && resolver.exists(logicalId))
    .map(([logicalId]) => logicalId)
    .map((logicalId) => resolver.resource(logicalId, ['Resources', logicalId]));
}

function isFunction(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

/** True where a value only chooses between others: in a condition, as a key of a mapping, or as the number of an item. */
function isChoice(path: Path): boolean {
  return (
    path[0] === 'Conditions' ||
    path.some((at, i) => at === 'Fn::FindInMap' || (at === 'Fn::Select' && path[i + 1] === 0))
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function section(stack: AssemblyStack, name: string): JsonMap {
  const value = stack.template[name];
  if (value !== undefined && !isJsonMap(value)) {
    throw new TemplateError(stack.templateFile, [name], 'must be an object');
  }
  return value ?? {};
}

class Resolver {
  private readonly partition: string;
  private readonly bounds: ResolutionBounds;

  constructor(
    private readonly stack: AssemblyStack,
    private readonly reading: TemplateReading & { readonly work: ResolutionWork },
  ) {
    this.partition = partitionOf(stack.region);
    this.bounds = new ResolutionBounds(stack.templateFile, reading.work);
  }

  exists(logicalId: string): boolean {
    const condition = own(section(this.stack, 'Resources')[logicalId], 'Condition');
    return condition === undefined || this.condition(condition, ['Resources', logicalId, 'Condition']);
  }

  resource(logicalId: string, usedAt: Path): Resource {
    const resource = own(section(this.stack, 'Resources'), logicalId);
    if (!isJsonMap(resource)) {
      throw this.error(usedAt, `there is no resource '${logicalId}'`);
    }
    const { Type: type, Properties: properties = {} } = resource;
    const at = ['Resources', logicalId];
    if (typeof type !== 'string') {
      throw this.error([...at, 'Type'], 'must be text');
    }
    if (!isJsonMap(properties) || Object.keys(properties).some(isFunction)) {
      throw this.error([...at, 'Properties'], 'must be a map of properties');
    }
    return {
      stack: this.stack,
      partition: this.partition,
      logicalId,
      type,
      propertyNames: Object.keys(properties),
      property: (name) => {
        const path = [...at, 'Properties', name];
        const value = this.bounds.once(path, () => this.value(own(properties, name), path));
        return value === NO_VALUE ? undefined : value;
      },
      partialProperty: (name) => {
        const path = [...at, 'Properties', name];
        const value = this.bounds.once([...path, 'partly'], () => this.partly(own(properties, name), path));
        return value === NO_VALUE ? undefined : value;
      },
    };
  }

  /** Returns a resource that a function refers to. Its condition must be true. */
  private referred(logicalId: string, path: Path): Resource {
    const defined = this.resource(logicalId, path);
    if (!this.reading.assumes && isChoice(path)) {
      return this.fail(path, 'a choice must not depend on a resource, whose values only a deployment decides');
    }
    const resource = this.reading.opaque ? { ...defined, ...opaqueNames(defined) } : defined;
    return this.exists(logicalId) ? resource : this.fail(path, `the condition of '${logicalId}' is false`);
  }

  private value(value: unknown, path: Path): unknown {
    return this.bounds.linked(path, () => this.anyValue(value, path));
  }

  private anyValue(value: unknown, path: Path): unknown {
    if (Array.isArray(value)) {
      return value.map((item, i) => this.value(item, [...path, i])).filter((item) => item !== NO_VALUE);
    }
    if (!isJsonMap(value)) {
      return this.counted(value, path);
    }
    const [[key, argument] = ['', undefined], ...others] = Object.entries(value);
    if (others.length === 0 && isFunction(key)) {
      return this.counted(this.intrinsic(key, argument, [...path, key]), path);
    }
    const misplaced = Object.keys(value).find((k) => k.startsWith('Fn::'));
    if (misplaced !== undefined) {
      return this.fail(path, `${misplaced} must stand alone`);
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([k, item]) => [k, this.value(item, [...path, k])])
        .filter(([, item]) => item !== NO_VALUE),
    );
  }

  private counted(value: unknown, path: Path): unknown {
    return typeof value === 'string' ? this.bounds.made(value, path) : value;
  }

  /**
   * Resolves maps and lists item by item. A function with a problem anywhere inside becomes `Unresolved` as a whole.
   */
  private partly(value: unknown, path: Path): unknown {
    const inside = this.bounds.isInside(path) && typeof value === 'object' && value !== null;
    if (inside && Array.isArray(value)) {
      return value.map((item, i) => this.partly(item, [...path, i])).filter((item) => item !== NO_VALUE);
    }
    if (inside && !Object.keys(value).some((key) => key.startsWith('Fn::') || key === 'Ref')) {
      return Object.fromEntries(
        Object.entries(value)
          .map(([key, item]) => [key, this.partly(item, [...path, key])])
          .filter(([, item]) => item !== NO_VALUE),
      );
    }
    try {
      return this.value(value, path);
    } catch (error) {
      if (!(error instanceof TemplateError) || error instanceof TemplateLimit) {
        throw error;
      }
      return new Unresolved(error.message);
    }
  }

  private intrinsic(name: string, argument: unknown, path: Path): unknown {
    switch (name) {
      case 'Ref':
        return this.ref(this.text(argument, path), path);
      case 'Fn::GetAtt':
        return this.attribute(argument, path);
      case 'Fn::Sub':
        return this.substitute(argument, path);
      case 'Fn::Join': {
        const [separator, items] = this.list(argument, path, 2);
        const texts = this.list(items, path).map((item) => this.text(item, path));
        return joinedText(this.bounds, path, { separator: this.text(separator, path), texts });
      }
      case 'Fn::Select': {
        const [index, items] = this.list(argument, path, 2);
        const number = this.text(index, path);
        const selected = /^\d+$/.test(number) ? this.list(items, path)[Number(number)] : undefined;
        return selected ?? this.fail(path, `has no element ${number}`);
      }
      case 'Fn::Split': {
        if (this.splitsProfileIds(argument, path)) {
          return SOME_PROFILE_IDS;
        }
        const [separator, text] = this.list(argument, path, 2);
        // Made-up values and real ones have equally many parts between these separators, and only between these.
        const isSafe = [':', '/'].includes(String(separator)) || (Array.isArray(argument) && isText(argument[1]));
        const between = this.text(separator, path);
        if (between === '') {
          return this.fail(path, 'needs a separator');
        }
        const parts = splitText(this.bounds, path, { separator: between, text: this.text(text, path) });
        return this.reading.assumes || isSafe
          ? parts
          : this.fail(path, "must not split a value that only a deployment decides, except at ':' or '/'");
      }
      case 'Fn::If':
        return this.choose(argument, path);
      case 'Fn::FindInMap': {
        const [map, first, second] = this.list(argument, path, 3);
        const names = [map, first, second].map((name) => this.text(name, path));
        return (
          names.reduce(own, section(this.stack, 'Mappings')) ??
          this.fail(path, 'is not in the mappings of this template')
        );
      }
      case 'Fn::ImportValue':
        return this.imported(argument, path);
      default:
        return this.fail(path, `the function ${name} is not understood`);
    }
  }

  /** True in the body of a dashboard for the ids of an application's profiles, the one value that it reads from SSM. */
  private splitsProfileIds(argument: unknown, path: Path): boolean {
    const list = Array.isArray(argument) ? argument[1] : undefined;
    return (
      path[3] === 'DashboardBody' && isProfileIds(own(section(this.stack, 'Parameters'), String(own(list, 'Ref'))))
    );
  }

  private imported(argument: unknown, path: Path): unknown {
    const { imports } = this.reading;
    if (imports === undefined) {
      return this.fail(path, 'the function Fn::ImportValue is not understood');
    }
    const name = this.text(argument, path);
    return own(imports, name) ?? this.fail(path, `the value of the export '${name}' is unknown`);
  }

  private ref(name: string, path: Path): unknown {
    const { accountId, region, stackName } = this.stack;
    if (!this.reading.assumes && name === 'AWS::StackId') {
      return this.fail(path, 'only a deployment decides the id of the stack; a template must not depend on it');
    }
    const pseudo: Readonly<Record<string, unknown>> = {
      'AWS::AccountId': accountId,
      'AWS::NoValue': NO_VALUE,
      'AWS::Partition': this.partition,
      'AWS::Region': region,
      'AWS::StackId': `arn:${this.partition}:cloudformation:${region}:${accountId}:stack/${stackName}/00000000-0000-0000-0000-000000000000`,
      'AWS::StackName': stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    };
    if (Object.hasOwn(pseudo, name)) {
      return pseudo[name];
    }
    const declared = own(section(this.stack, 'Parameters'), name);
    if (isJsonMap(declared)) {
      return this.parameterValue(name, declared, path);
    }
    const resource = this.referred(name, path);
    return (
      refOf(resource) ??
      this.opaque(resource, 'Ref') ??
      this.fail(path, `the value of Ref is unknown for the type ${resource.type}`)
    );
  }

  private parameterValue(name: string, declared: JsonMap, path: Path): unknown {
    const { Type: type, Default: value } = declared;
    if (!this.reading.assumes) {
      return this.fail(path, `only a deployment decides the parameter '${name}'; write the value itself`);
    }
    if (value === undefined) {
      return this.fail(path, `the parameter '${name}' has no default`);
    }
    if (String(type).startsWith('AWS::SSM::Parameter::Value<')) {
      return this.fail(path, `no template defines the SSM parameter '${String(value)}'`);
    }
    const given = String(value);
    return String(type).includes('List') ? given.split(',').map((item) => item.trim()) : given;
  }

  private attribute(argument: unknown, path: Path): unknown {
    const [logicalId, ...rest] = typeof argument === 'string' ? argument.split('.') : this.list(argument, path, 2);
    const resource = this.referred(this.text(logicalId, path), path);
    const attribute = rest.map((part) => this.text(part, path)).join('.');
    return (
      attributeOf(resource, attribute) ??
      this.opaque(resource, attribute) ??
      this.fail(path, `the value of GetAtt ${attribute} is unknown for the type ${resource.type}`)
    );
  }

  private opaque(resource: Resource, attribute: string): string | undefined {
    return this.reading.opaque ? opaqueAttribute(resource, attribute) : undefined;
  }

  private substitute(argument: unknown, path: Path): string {
    const [template, variables] = Array.isArray(argument) ? this.list(argument, path, 2) : [argument, {}];
    if (!isJsonMap(variables)) {
      return this.fail(path, 'must have a map of variables');
    }
    return substitutedText(this.bounds, path, {
      template: this.text(template, path),
      textOf: (name) =>
        this.text(
          own(variables, name) ?? (name.includes('.') ? this.attribute(name, path) : this.ref(name, path)),
          path,
        ),
    });
  }

  private choose(argument: unknown, path: Path): unknown {
    if (!Array.isArray(argument) || argument.length !== 3) {
      return this.fail(path, 'must be a list of 3');
    }
    const [condition, yes, no] = argument;
    // Only the chosen branch is resolved, because the other one may refer to a resource that does not exist.
    return this.value(this.condition(condition, path) ? yes : no, path);
  }

  private condition(condition: unknown, path: Path): boolean {
    if (typeof condition !== 'string') {
      return this.reading.assumes ? this.test(condition, path) : this.fail(path, 'must be the name of a condition');
    }
    const declared = own(section(this.stack, 'Conditions'), condition);
    const at = ['Conditions', condition];
    return declared === undefined
      ? this.fail(path, `there is no condition '${condition}'`)
      : this.bounds.once(at, () => this.test(declared, at));
  }

  private test(expression: unknown, path: Path): boolean {
    return this.bounds.linked(path, () => this.anyTest(expression, path));
  }

  private anyTest(expression: unknown, path: Path): boolean {
    const [[name, argument] = ['', undefined], ...others] = Object.entries(isJsonMap(expression) ? expression : {});
    const at = [...path, name];
    const tests = (least: number, most: number): readonly boolean[] =>
      Array.isArray(argument) && argument.length >= least && argument.length <= most
        ? argument.map((e, i) => this.test(e, [...at, i]))
        : this.fail(at, `must be a list of ${least === most ? least : `${least} to ${most}`} conditions`);
    switch (others.length === 0 ? name : '') {
      case 'Condition':
        return this.condition(this.text(argument, at), at);
      case 'Fn::Equals': {
        const [left, right] = this.list(argument, at, 2);
        return this.text(left, at) === this.text(right, at);
      }
      case 'Fn::And':
        return tests(2, 10).every(Boolean);
      case 'Fn::Or':
        return tests(2, 10).some(Boolean);
      case 'Fn::Not':
        return !tests(1, 1)[0];
      default:
        return this.fail(path, 'is not a condition');
    }
  }

  private text(value: unknown, path: Path): string {
    const resolved = this.value(value, path);
    return typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean'
      ? String(resolved)
      : this.fail(path, 'must be text');
  }

  private list(value: unknown, path: Path, length?: number): readonly unknown[] {
    const resolved = this.value(value, path);
    return Array.isArray(resolved) && (length === undefined || resolved.length === length)
      ? resolved
      : this.fail(path, `must be a list${length === undefined ? '' : ` of ${length}`}`);
  }

  private fail(path: Path, problem: string): never {
    throw this.error(path, problem);
  }

  private error(path: Path, problem: string): TemplateError {
    return new TemplateError(this.stack.templateFile, path, problem);
  }
}
