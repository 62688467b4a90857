import type { FC } from "hono/jsx";
import { Alert } from "./alert.tsx";
import { CodeBlock } from "./code-block.tsx";
import { CodeList } from "./code-list.tsx";
import { TextField } from "./fields.tsx";
import { Section } from "./gallery-section.tsx";
import { PasskeyForm } from "./passkey-form.tsx";
import { QrPlate } from "./qr-plate.tsx";

/** What is copied, kept, scanned or asked of the device. None of it opens anything. */
export const CodeGallery: FC = () => (
  <Section title="Codes and keys">
    <CodeBlock label="An example call">
      {'curl "https://hub.example.org/api/v1/organizations" \\\n  -H "Authorization: Bearer $TOKEN"'}
    </CodeBlock>
    <Alert kind="good" heading="The token is made. Copy it now." level={3}>
      <p>
        <code class="secret">trellis_example_00000000000000000000000000000000000000000000</code>
      </p>
    </Alert>
    <h3>Codes to keep</h3>
    <CodeList
      codes={[
        "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345",
        "BCDE-FGHJ-KLMN-PQRS-TUVW-XYZ2-3456",
        "CDEF-GHJK-LMNP-QRST-UVWX-YZ23-4567",
      ]}
    />
    <h3>A picture to scan</h3>
    <QrPlate text="https://hub.example.org/about/design" />
    <h3>Passkeys</h3>
    <div class="columns">
      <PasskeyForm action="#" options="#" label="Add a passkey" makes shown>
        <TextField name="passkey_name" label="What you call it" hint="For example: work laptop" />
      </PasskeyForm>
      <PasskeyForm
        action="#"
        options="#"
        label="Sign in with a passkey"
        shown
        problem="No passkey was chosen. Try again, or sign in another way."
      />
    </div>
  </Section>
);
