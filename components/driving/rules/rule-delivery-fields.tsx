import { Checkbox, ChoiceGroup } from "#components/ui/choice";
import { TextArea, TextField } from "#components/ui/text-field";
import { Choices, type Choosable, type RuleFieldsProps } from "./rule-choices.tsx";

/** When and to whom an alert of the rule is told, besides the live page. */
export function RuleDeliveryFields({
  draft,
  set,
  error,
  members,
}: RuleFieldsProps & { members: readonly Choosable[] }) {
  const webhookFault = [0, 1, 2, 3, 4]
    .map((index) => error(`/delivery/webhookUrls/${index}`))
    .find((fault) => fault !== undefined);
  return (
    <>
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        <TextField
          label="Quiet from"
          optional
          placeholder="22:00"
          hint="By the vehicle’s clock: shown, but not delivered"
          value={draft.quietFrom}
          onChange={({ target }) => set({ quietFrom: target.value })}
          error={error("/quietHours/from")}
        />
        <TextField
          label="Quiet to"
          optional
          placeholder="06:00"
          value={draft.quietTo}
          onChange={({ target }) => set({ quietTo: target.value })}
          error={error("/quietHours/to")}
        />
      </div>
      <ChoiceGroup legend="Told by" hint="At once, then at most once a minute">
        <div className="flex gap-5">
          <Checkbox label="Inbox" checked={draft.inbox} onChange={({ target }) => set({ inbox: target.checked })} />
          <Checkbox label="E-mail" checked={draft.email} onChange={({ target }) => set({ email: target.checked })} />
        </div>
      </ChoiceGroup>
      {draft.inbox || draft.email ? (
        <ChoiceGroup legend="Who is told" error={error("/delivery/memberIds")}>
          <Choices items={members} chosen={draft.memberIds} onChange={(memberIds) => set({ memberIds })} />
        </ChoiceGroup>
      ) : null}
      <TextArea
        label="Webhooks"
        optional
        mono
        rows={2}
        hint="One https address a line, at most five; each alert is a signed POST of JSON"
        value={draft.webhooks}
        onChange={({ target }) => set({ webhooks: target.value })}
        error={webhookFault ?? error("/delivery/webhookUrls")}
      />
    </>
  );
}
