import { Age } from "#components/ui/age";
import { Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import type { RefusedInput } from "#lib/runner/schema";

interface RefusedInputsProps {
  inputs: readonly RefusedInput[];
  timeZone: string;
  now: string;
}

/** Dropped zips that started nothing, each with its reason. */
export function RefusedInputs({ inputs, timeZone, now }: RefusedInputsProps) {
  return (
    <Table label="Refused inputs">
      <Thead>
        <Th>Input</Th>
        <Th>Why</Th>
        <Th num>Dropped</Th>
      </Thead>
      <Tbody>
        {inputs.map((input) => (
          <Tr key={input.id}>
            <Td phone="main">{input.jobId}</Td>
            <Td muted phone="line">
              {input.reason}
            </Td>
            <Td num muted nowrap phone="end">
              <Age at={input.at} now={now} timeZone={timeZone} ago />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
