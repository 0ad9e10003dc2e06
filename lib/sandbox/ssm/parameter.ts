import type { Account, Parameter } from '../../account/account';

/** ARN of a parameter: a leading slash of the name is the one in `parameter/`. */
export function parameterArn({ partition, region, accountId }: Account, name: string): string {
  return `arn:${partition}:ssm:${region}:${accountId}:parameter/${name.replace(/^\//, '')}`;
}

/** The parameter of this name, or of this ARN of the account. */
export function findParameter(account: Account, nameOrArn: string): Parameter | undefined {
  return account.parameters.find(({ name }) => name === nameOrArn || parameterArn(account, name) === nameOrArn);
}

/** ARN that access to this name is decided on; a name that is an ARN already is taken as it is. */
export function askedArn(account: Account, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : parameterArn(account, nameOrArn);
}

/** A parameter as the API answers it. Templates do not say when it was written. */
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
