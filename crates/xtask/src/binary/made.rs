//! 64-bit PE files made for tests. Offsets as in Microsoft Learn, "PE Format".

/// Where the one section lies in memory.
const SECTION: u32 = 0x1000;
/// Where it lies in the file.
const IN_FILE: usize = 0x200;

/// What is in the file.
pub struct Made {
    pub exports: Vec<&'static str>,
    /// A library, and the function; None: one by its number.
    pub imports: Vec<(&'static str, Option<&'static str>)>,
    pub characteristics: u16,
    pub machine: u16,
    /// Of the optional header.
    pub magic: u16,
    pub version: Option<[u16; 4]>,
    /// Of the version.
    pub signature: u32,
}

impl Made {
    /// A file in which nothing is wrong, for version 0.1.0.
    pub fn good() -> Self {
        Self {
            exports: vec!["DriverEntry", "FxDriverEntryUm"],
            imports: vec![("KERNEL32.dll", Some("Sleep")), ("ADVAPI32.dll", Some("EventRegister"))],
            characteristics: 0x160,
            machine: 0x8664,
            magic: 0x20b,
            version: Some([0, 1, 0, 0]),
            signature: 0xfeef_04bd,
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut section = Section(Vec::new());
        let directories =
            [self.put_exports(&mut section), self.put_imports(&mut section), self.put_version(&mut section)];
        let size = section.end() - SECTION;

        let mut file = vec![0; IN_FILE];
        let mut put = |at: usize, bytes: &[u8]| file[at..][..bytes.len()].copy_from_slice(bytes);
        put(0, b"MZ");
        put(0x3C, &0x40_u32.to_le_bytes());
        put(0x40, b"PE\0\0");
        // One section, the size of the optional header.
        put(0x44, &self.machine.to_le_bytes());
        put(0x46, &1_u16.to_le_bytes());
        put(0x54, &240_u16.to_le_bytes());
        // Alignments, how it is loaded, 16 data directories.
        put(0x58, &self.magic.to_le_bytes());
        put(0x78, &0x1000_u32.to_le_bytes());
        put(0x7C, &0x200_u32.to_le_bytes());
        put(0x9E, &self.characteristics.to_le_bytes());
        put(0xC4, &16_u32.to_le_bytes());
        for (index, (start, size)) in directories.into_iter().enumerate() {
            put(0xC8 + 8 * index, &start.to_le_bytes());
            put(0xCC + 8 * index, &size.to_le_bytes());
        }
        // The section: size and place in memory, size and place in the file.
        for (at, word) in [(0x150, size), (0x154, SECTION), (0x158, size), (0x15C, 0x200)] {
            put(at, &word.to_le_bytes());
        }
        file.extend(section.0);
        file
    }

    fn put_exports(&self, section: &mut Section) -> (u32, u32) {
        let count = u32::try_from(self.exports.len()).expect("a few");
        // The table comes first, and all that it points to is part of it.
        let start = section.end();
        let (addresses, pointers, ordinals) = (start + 40, start + 40 + 4 * count, start + 40 + 8 * count);
        section.words([0, 0, 0, 0, 1, count, count, addresses, pointers, ordinals]);
        section.words((0..count).map(|index| 0x5000 + index));
        let mut name = ordinals + (2 * count).next_multiple_of(4);
        for text in &self.exports {
            section.words([name]);
            name += u32::try_from(text.len() + 1).expect("it is short").next_multiple_of(4);
        }
        let numbers: Vec<u8> = (0..u16::try_from(count).expect("a few")).flat_map(u16::to_le_bytes).collect();
        section.bytes(&numbers);
        for text in &self.exports {
            section.text(text);
        }
        (start, section.end() - start)
    }

    fn put_imports(&self, section: &mut Section) -> (u32, u32) {
        let mut descriptors = Vec::new();
        for (library, function) in &self.imports {
            let name = section.text(library);
            let thunk = match function {
                // The hint stands before the name.
                Some(function) => u64::from(section.text(&format!("\0\0{function}"))),
                None => 1 << 63 | 7,
            };
            let thunks = section.end();
            section.bytes(&[thunk.to_le_bytes(), [0; 8]].concat());
            descriptors.extend([thunks, 0, 0, name, thunks]);
        }
        if descriptors.is_empty() {
            return (0, 0);
        }
        descriptors.extend([0; 5]);
        let size = 4 * u32::try_from(descriptors.len()).expect("a few");
        (section.words(descriptors), size)
    }

    fn put_version(&self, section: &mut Section) -> (u32, u32) {
        let Some([major, minor, build, revision]) = self.version else { return (0, 0) };
        let mut info: Vec<u8> = [92_u16, 52, 0].into_iter().flat_map(u16::to_le_bytes).collect();
        info.extend("VS_VERSION_INFO\0\0".encode_utf16().flat_map(u16::to_le_bytes));
        let high = u32::from(major) << 16 | u32::from(minor);
        let low = u32::from(build) << 16 | u32::from(revision);
        info.extend(
            [self.signature, 0x1_0000, high, low, 0, 0, 0, 0, 0, 0, 0, 0, 0]
                .into_iter()
                .flat_map(u32::to_le_bytes),
        );
        let size = u32::try_from(info.len()).expect("it is short");
        let data = section.end();
        section.bytes(&info);

        // Three directories of one entry each, and the place of the data. Kind 16, name 1, language 0.
        let start = section.end();
        for (level, id) in [(1, 16), (2, 1), (3, 0)] {
            let below = 24 * level;
            section.words([0, 0, 0, 1 << 16, id, if level < 3 { 1 << 31 | below } else { below }]);
        }
        section.words([data, size, 0, 0]);
        (start, section.end() - start)
    }
}

/// The content of the section.
struct Section(Vec<u8>);

impl Section {
    /// Where the next byte comes in memory.
    fn end(&self) -> u32 {
        SECTION + u32::try_from(self.0.len()).expect("it is small")
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend(bytes);
        self.0.resize(self.0.len().next_multiple_of(4), 0);
    }

    fn words(&mut self, words: impl IntoIterator<Item = u32>) -> u32 {
        let start = self.end();
        self.0.extend(words.into_iter().flat_map(u32::to_le_bytes));
        start
    }

    fn text(&mut self, text: &str) -> u32 {
        let start = self.end();
        self.bytes(&[text.as_bytes(), b"\0"].concat());
        start
    }
}
