import type { Account, Parameter } from '../../account/account';
import { regionalArn } from '../../catalog/arn';

/** Returns the ARN of a parameter. A leading slash of the name is not repeated after `parameter/`. */
export function parameterArn({ partition, region, accountId }: Account, name: string): string {
  return regionalArn({ partition, region, account: accountId }, 'ssm', `parameter/${name.replace(/^\//, '')}`);
}

/** Finds a parameter of the account by its name or ARN. */
export function findParameter(account: Account, nameOrArn: string): Parameter | undefined {
  return account.parameters.find(({ name }) => name === nameOrArn || parameterArn(account, name) === nameOrArn);
}

/** Returns the ARN on which IAM decides a request: the given ARN, or that of the given name. */
export function requestedArn(account: Account, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : parameterArn(account, nameOrArn);
}

/** Formats a parameter as the API does. The date is fixed, because a template does not hold one. */
export function parameterShape(account: Account, { name, value }: Parameter): unknown {
  return {
    Name: name,
    Type: 'String',
    Value: value,
    Version: 1,
    LastModifiedDate: 1767225600,
    ARN: parameterArn(account, name),
    DataType: 'text',
  };
}
