using System;
using System.Collections.Generic;
using System.Linq;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace LowLatencyQuoter.Server.Reflection;

/// <summary>
/// Where everything that proto files define is found: files by name, symbols by full name, extensions by the message
/// they extend. Made once. Threads: any.
/// </summary>
internal sealed class DescriptorIndex
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, int Number), FileDescriptor> _extensions = [];
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);

    /// <summary>Indexes files and all that they import.</summary>
    public DescriptorIndex(IEnumerable<FileDescriptor> files)
    {
        foreach (var file in files)
        {
            Add(file);
        }
    }

    /// <summary>The file of this name, such as <c>quoter/v1/quotes.proto</c>; null when there is none.</summary>
    public FileDescriptor? File(string name) => _files.GetValueOrDefault(name);

    /// <summary>
    /// The file that defines a service, method, message, field, enum or enum value; null when none does.
    /// </summary>
    public FileDescriptor? FileOf(string symbol) => _symbols.GetValueOrDefault(symbol);

    /// <summary>The file that defines an extension; null when none does.</summary>
    public FileDescriptor? FileOf(string type, int extension) => _extensions.GetValueOrDefault((type, extension));

    /// <summary>Numbers of the extensions of a message, rising; null when there is no such message.</summary>
    public IReadOnlyList<int>? ExtensionsOf(string type) => _messages.Contains(type)
        ? [.. _extensions.Keys.Where(key => key.Type == type).Select(static key => key.Number).Order()]
        : null;

    /// <summary>A file and all that it imports, as they were compiled; imports come behind.</summary>
    public static IEnumerable<ByteString> Closure(FileDescriptor file)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { file.Name };
        var queue = new Queue<FileDescriptor>([file]);
        while (queue.TryDequeue(out var next))
        {
            yield return next.SerializedData;
            foreach (var import in next.Dependencies.Where(import => seen.Add(import.Name)))
            {
                queue.Enqueue(import);
            }
        }
    }

    private void Add(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var import in file.Dependencies)
        {
            Add(import);
        }

        foreach (var service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (var method in service.Methods)
            {
                _symbols[method.FullName] = file;
            }
        }

        foreach (var message in file.MessageTypes)
        {
            Add(message);
        }

        foreach (var kind in file.EnumTypes)
        {
            Add(kind);
        }

        Add(file, file.Extensions.UnorderedExtensions);
    }

    private void Add(MessageDescriptor message)
    {
        _messages.Add(message.FullName);
        _symbols[message.FullName] = message.File;
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            _symbols[field.FullName] = message.File;
        }

        foreach (var choice in message.Oneofs)
        {
            _symbols[choice.FullName] = message.File;
        }

        foreach (var nested in message.NestedTypes)
        {
            Add(nested);
        }

        foreach (var kind in message.EnumTypes)
        {
            Add(kind);
        }

        Add(message.File, message.Extensions.UnorderedExtensions);
    }

    private void Add(EnumDescriptor kind)
    {
        _symbols[kind.FullName] = kind.File;

        // protobuf names values beside their enum, not within it
        var scope = kind.FullName[..(kind.FullName.Length - kind.Name.Length)];
        foreach (var value in kind.Values)
        {
            _symbols[scope + value.Name] = kind.File;
        }
    }

    private void Add(FileDescriptor file, IEnumerable<FieldDescriptor> extensions)
    {
        foreach (var extension in extensions)
        {
            _symbols[extension.FullName] = file;
            _extensions[(extension.ExtendeeType.FullName, extension.FieldNumber)] = file;
        }
    }
}
