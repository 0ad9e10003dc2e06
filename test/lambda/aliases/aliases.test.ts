import { aliasesIn } from '../../../lambda/aliases/aliases';
import { parametersOf, profileArn } from '../verify/account';

const PATH = '/bedrock-access/dev';

test('aliases are sorted, and other parameters are ignored', () => {
  const { readable, unreadable } = aliasesIn(PATH, [
    ...parametersOf('shop', 'main'),
    ...parametersOf('chat', 'b'),
    ...parametersOf('chat', 'a'),
    { name: `${PATH}/shop/note`, value: 'not a profile' },
    { name: `${PATH}/version`, value: '1' },
    { name: `${PATH}/shop/main/deeper.json`, value: '{}' },
  ]);
  expect(readable.map(({ application, alias }) => `${application}/${alias}`)).toEqual([
    'chat/a',
    'chat/b',
    'shop/main',
  ]);
  expect(unreadable).toEqual([]);
});

test('an alias with one of its two parameters is unreadable, and not ignored', () => {
  const [plain, json] = parametersOf('shop', 'main');
  expect(aliasesIn(PATH, plain === undefined ? [] : [plain]).unreadable).toEqual([
    {
      application: 'shop',
      alias: 'main',
      profileArn: profileArn('shop', 'main'),
      cause: `the parameter ${PATH}/shop/main exists, but ${PATH}/shop/main.json is missing`,
    },
  ]);
  expect(aliasesIn(PATH, json === undefined ? [] : [json]).unreadable).toEqual([
    {
      application: 'shop',
      alias: 'main',
      profileArn: '',
      cause: `the parameter ${PATH}/shop/main.json exists, but ${PATH}/shop/main is missing`,
    },
  ]);
});
