export interface DocumentMapper {
  readonly id: string;
}

export interface UserMapper {
  readonly id: string;
}
