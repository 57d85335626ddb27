; Inno Setup: an installer for one user, without administrator's rights.
; NEVER RUN: it was written without a Windows machine. Build dist\bulkload on Windows with packaging\bulkload.spec
; first (python -m PyInstaller packaging\bulkload.spec), then compile this file.
[Setup]
AppId={{6E0A3C1B-6C0F-4F55-9E1C-9D9B7C9A2B11}
AppName=bulkload
AppVersion=0.1.0
DefaultDirName={localappdata}\Programs\bulkload
DefaultGroupName=bulkload
PrivilegesRequired=lowest
DisableProgramGroupPage=yes
OutputDir=..\dist
OutputBaseFilename=bulkload-setup
Compression=lzma2
SolidCompression=yes
ArchitecturesInstallIn64BitMode=x64compatible

[Files]
Source: "..\dist\bulkload\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\bulkload"; Filename: "{app}\bulkload.exe"; Parameters: "open"
Name: "{userdesktop}\bulkload"; Filename: "{app}\bulkload.exe"; Parameters: "open"; Tasks: desktop

[Tasks]
Name: desktop; Description: "Put bulkload on the desktop"

[Run]
Filename: "{app}\bulkload.exe"; Parameters: "open"; Description: "Open bulkload now"; Flags: postinstall nowait skipifsilent
