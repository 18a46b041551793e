//! The functions of `wdfstring.h`.

/// Hands them to a macro.
macro_rules! wdfstring {
    ($then:ident) => {
        $then! { "wdfstring.h":
            WdfStringCreate(
                UnicodeString: optional_text good::text("Text"),
                StringAttributes: attributes null_mut() => allows [parent],
                String: pointer good::place(),
            );
            WdfStringGetUnicodeString(
                String: handle good::string(),
                UnicodeString: pointer good::text("Text"),
            );
        }
    };
}
