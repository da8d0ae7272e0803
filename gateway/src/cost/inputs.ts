import { getNamedType, getNullableType, isInputObjectType, isListType, type ArgumentNode, type GraphQLArgument, type GraphQLInputType, type ObjectValueNode, type ValueNode } from 'graphql';
import { isData } from '../execute/data.ts';
import type { CostDirectives } from './directives.ts';
import { sum, type Price } from './price.ts';

const INPUT_OBJECT = 1;

/** Prices what is given to arguments: 1 an input object and nothing for scalars and enums, unless `@cost` says otherwise. */
export const createInputPrices = ({ weightOf }: CostDirectives) => {
  const ownWeight = (definition: Pick<GraphQLArgument, 'astNode' | 'type'>): number | undefined => weightOf(definition.astNode) ?? weightOf(getNamedType(definition.type).astNode);

  /** A list costs its weight, and each item again, as routers count it. */
  const ofValue = (value: unknown, type: GraphQLInputType, weight: number | undefined): number => {
    if (value === null || value === undefined) return 0;
    const nullable = getNullableType(type);
    if (isListType(nullable)) return (Array.isArray(value) ? value : [value]).reduce<number>((total, item) => total + ofValue(item, nullable.ofType, weight), weight ?? 0);
    if (!isInputObjectType(nullable) || !isData(value)) return weight ?? 0;
    return Object.values(nullable.getFields()).reduce((total, field) => total + ofValue(Object.hasOwn(value, field.name) ? value[field.name] : undefined, field.type, ownWeight(field)), weight ?? INPUT_OBJECT);
  };

  const ofFields = (node: ObjectValueNode, type: GraphQLInputType): Price => {
    const object = getNamedType(type);
    if (!isInputObjectType(object)) return 0;
    return sum(
      node.fields.map(({ name, value }) => {
        const field = object.getFields()[name.value];
        return field ? ofNode(value, field.type, ownWeight(field)) : 0;
      }),
    );
  };

  const ofNode = (node: ValueNode, type: GraphQLInputType, weight: number | undefined): Price => {
    switch (node.kind) {
      case 'Variable':
        // Of a scalar too: a variable that is left out costs nothing.
        return weight === undefined && !isInputObjectType(getNamedType(type)) ? 0 : ({ variables }) => ofValue(variables[node.name.value], type, weight);
      case 'NullValue':
        return 0;
      case 'ListValue': {
        const nullable = getNullableType(type);
        return sum([weight ?? 0, ...node.values.map((value) => ofNode(value, isListType(nullable) ? nullable.ofType : type, weight))]);
      }
      case 'ObjectValue':
        return sum([weight ?? INPUT_OBJECT, ofFields(node, type)]);
      default:
        return weight ?? 0;
    }
  };

  return (given: readonly ArgumentNode[], defined: readonly GraphQLArgument[]): Price =>
    sum(
      given.map(({ name, value }) => {
        const argument = defined.find((one) => one.name === name.value);
        return argument ? ofNode(value, argument.type, ownWeight(argument)) : 0;
      }),
    );
};
